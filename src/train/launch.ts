import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { printable } from "../base/format.js";
import { fail, type LeracError } from "../diagnostics/index.js";
import {
  lastTrainerLines,
  mailboxSize,
  type Run,
  type RunEndEvent,
  readLastEvent,
  refuseWhenHeld,
} from "../runs/index.js";
import { refuseWrongStart } from "./may-start.js";

export interface LaunchOptions {
  readonly resume?: boolean;
  /** The compiled `main.js`; that beside this module when left out. Needed when this module is run from its source. */
  readonly entry?: string;
}

/** How a trainer's process ended. */
export interface TrainerExit {
  /** Exit code; null when a signal ended it. */
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Its last word; null when it died without one. */
  readonly end: RunEndEvent | null;
  /** The last lines it printed, at most three, safe to show. */
  readonly lastLines: readonly string[];
}

export interface TrainerProcess {
  readonly pid: number;
  /** Resolves when the process is gone. */
  wait(): Promise<TrainerExit>;
  /** Lets this process end before the trainer does. */
  release(): void;
}

/**
 * Starts the trainer of a run as a process of its own, in its own group: a closed terminal or a Ctrl-C does not reach
 * it, only commands and signals sent to it do. It prints into the run's `trainer.log`.
 * @throws LeracError L0707 when the run is being trained already, L0722 and L0712 as `refuseWrongStart`.
 */
export function launchTrainer(run: Run, options: LaunchOptions = {}): TrainerProcess {
  const resume = options.resume ?? false;
  refuseWhenHeld(run);
  refuseWrongStart(run, resume);
  const entry = options.entry ?? fileURLToPath(new URL("./main.js", import.meta.url));
  const seqBefore = readLastEvent(run.paths.events)?.seq ?? 0;
  const log = openSync(run.paths.log, "a");
  const logBefore = statSync(run.paths.log).size;
  const child = spawn(
    process.execPath,
    // Commands that are in the mailbox now were meant for an earlier trainer; what comes from here on is for this one.
    [entry, run.folder, "--commands-from", String(mailboxSize(run)), ...(resume ? ["--resume"] : [])],
    { detached: true, stdio: ["ignore", log, log], windowsHide: true },
  );
  closeSync(log);
  const ended = exitOf(child).then(({ exit, signal }): TrainerExit => {
    const last = readLastEvent(run.paths.events);
    const end = last?.type === "run.end" && last.seq > seqBefore ? last : null;
    return { exit, signal, end, lastLines: lastTrainerLines(run.paths.log, logBefore) };
  });
  // Whoever does not wait does not want to hear of it either.
  ended.catch(() => {});
  return {
    pid: child.pid ?? 0,
    wait: () => {
      child.ref();
      return ended;
    },
    release: () => child.unref(),
  };
}

function exitOf(child: ChildProcess): Promise<{ exit: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on("exit", (exit, signal) => resolve({ exit, signal }));
    child.on("error", (error) => reject(notStarted(error)));
  });
}

function notStarted(error: Error): LeracError {
  return fail("training", "L0717", `the trainer could not be started: ${printable(error.message)}`, {
    at: { place: process.execPath },
  });
}
