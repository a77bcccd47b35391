import { exitCodes } from "./errors.js";

/** What an exit code means, and why it is one of its own. */
export interface ExitMeaning {
  readonly exit: number;
  readonly meaning: string;
  readonly why: string;
}

/** The exit codes of every command: `lerac explain exit`. */
export const exitTable: readonly ExitMeaning[] = [
  { exit: exitCodes.ok, meaning: "done, the answer is yes", why: "" },
  {
    exit: exitCodes.no,
    meaning:
      "done, the answer is no: a claim failed or is undecided, a file is not formatted, a plan differs, `doctor` found a fault",
    why: "scripts branch on it; nothing broke",
  },
  {
    exit: exitCodes.usage,
    meaning: "the command line is wrong",
    why: "convention of shells; nothing was read",
  },
  {
    exit: exitCodes.spec,
    meaning: "the spec is wrong",
    why: "an editor or CI shows the file",
  },
  {
    exit: exitCodes.missing,
    meaning:
      "what it needs is missing or damaged: data, program, checkpoint, weights, run, backend, existing output",
    why: "fix the machine, not the spec",
  },
  {
    exit: exitCodes.training,
    meaning: "training failed: a number was not finite, memory or disk ran out, the trainer died",
    why: "`lerac resume` may help; a queue must not start it again blindly",
  },
  {
    exit: exitCodes.stopped,
    meaning: "stopped on request, with a checkpoint",
    why: "resumable: starting it again is right; `run && eval` does not go on",
  },
  {
    exit: exitCodes.internal,
    meaning: "a fault of lerac itself",
    why: "convention of sysexits; please report it",
  },
  { exit: exitCodes.aborted, meaning: "aborted by a second Ctrl-C", why: "convention of shells" },
];
