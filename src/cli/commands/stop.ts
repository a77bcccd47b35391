import { statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { exitCodes, fail } from "../../diagnostics/index.js";
import { type CommandEvent, currentTrainer, followEvents, type Run, sendCommand } from "../../runs/index.js";
import { closingLines } from "../../ui/index.js";
import { type Command, flagOption, type Invocation } from "../command.js";
import { endTrainer } from "../end-trainer.js";
import { referenceTo, runOf, shownFolder } from "../run-reference.js";
import { knownRun } from "../run-state.js";
import type { Terminal } from "../terminal.js";
import { usage } from "../usage.js";

/** Milliseconds between two looks for a trainer. */
const lookEvery = 100;

export const stop: Command = {
  name: "stop",
  arguments: "[RUN]",
  summary: "ask the trainer of a run, wherever it was started, to save and stop",
  examples: [
    ["lerac stop", "the newest run"],
    ["lerac stop 7f3a --after-epoch", "the epoch is finished first; again takes it back"],
  ],
  groups: [
    {
      title: "How",
      options: [
        { flags: "--after-epoch", description: "when the epoch is done; does not wait for it" },
        { flags: "--abort", description: "at once: keeps the last checkpoint, loses what came after it" },
      ],
    },
  ],
  footer: "Waits until the run has stopped; Ctrl-C ends the waiting, not what was asked for.",
  async run(invocation) {
    const { terminal } = invocation;
    const how = manner(invocation);
    const run = runOf(invocation.arguments[0], terminal.env);
    if (currentTrainer(run) === null) throw notTrained(run, terminal);
    switch (how) {
      case "stop_after_epoch":
        return await stopAfterEpoch(run, terminal);
      case "abort":
        sendCommand(run, "abort", "cli");
        if (!(await endTrainer(run))) throw notEnded(run);
        break;
      case "stop":
        terminal.say("stopping: the step is finished and saved first");
        sendCommand(run, "stop", "cli");
        while (currentTrainer(run) !== null) await delay(lookEvery);
    }
    const { state } = knownRun(run, Date.now());
    const reference = referenceTo(run, terminal.env);
    for (const line of closingLines(state, {
      folder: shownFolder(run),
      reference,
      columns: terminal.columns(terminal.stderr),
    }))
      terminal.say(line);
    return exitCodes.ok;
  },
};

function manner(invocation: Invocation): "stop" | "stop_after_epoch" | "abort" {
  const after = flagOption(invocation, "afterEpoch");
  const abort = flagOption(invocation, "abort");
  if (after && abort)
    throw usage("`--after-epoch` waits and `--abort` does not: choose one", "--after-epoch --abort");
  if (abort) return "abort";
  return after ? "stop_after_epoch" : "stop";
}

async function stopAfterEpoch(run: Run, terminal: Terminal): Promise<number> {
  const answer = nextAnswer(run, "stop_after_epoch");
  sendCommand(run, "stop_after_epoch", "cli");
  const said = await answer;
  if (said === null) throw notTrained(run, terminal);
  if (!said.accepted) {
    terminal.say(`the trainer declined: ${said.reason ?? "it gave no reason"}`);
    return exitCodes.no;
  }
  const { stopsAfterEpoch, epoch } = knownRun(run, Date.now()).state;
  terminal.say(
    stopsAfterEpoch
      ? `it stops after epoch ${Math.floor(epoch) + 1}; the same command again takes it back`
      : "taken back: it trains on to its end",
  );
  return exitCodes.ok;
}

/** What the trainer says to a command that is sent after this call; null when it goes without an answer. */
async function nextAnswer(run: Run, command: CommandEvent["command"]): Promise<CommandEvent | null> {
  const over = new AbortController();
  const from = statSync(run.paths.events, { throwIfNoEntry: false })?.size ?? 0;
  const events = followEvents(run.paths.events, { from, signal: over.signal });
  const look = setInterval(() => {
    if (currentTrainer(run) === null) over.abort();
  }, lookEvery * 10);
  try {
    for await (const batch of events)
      for (const event of batch) if (event.type === "command" && event.command === command) return event;
    return null;
  } finally {
    clearInterval(look);
  }
}

function notTrained(run: Run, terminal: Terminal) {
  return fail("missing", "L0724", `the run ${run.record.name} is not being trained: nothing to stop`, {
    at: { place: shownFolder(run) },
    helps: [`\`lerac show ${referenceTo(run, terminal.env)}\` says how it ended`],
  });
}

function notEnded(run: Run) {
  const trainer = currentTrainer(run);
  return fail("missing", "L0724", `the trainer of the run ${run.record.name} could not be ended`, {
    at: { place: shownFolder(run) },
    notes: trainer === null ? [] : [`it is process ${trainer.pid} on ${trainer.host}; it has been asked`],
  });
}
