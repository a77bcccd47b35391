import { exitCodes } from "../diagnostics/index.js";
import { curriculumEnd } from "../plan/clock.js";
import { ratesAt } from "../plan/rates.js";
import type { TrainingProgram } from "../program/types.js";
import { type EventFollower, followEvents, type Run, type RunOptions, sendCommand } from "../runs/index.js";
import type { TrainerExit, TrainerProcess } from "../train/launch.js";
import { failureOf } from "../train/outcome.js";
import { closingLines, LineReporter, runMonitor } from "../ui/index.js";
import { preferencesFile } from "../ui/preferences.js";
import type { PlanView } from "../ui/rate-view.js";
import { referenceTo, shownFolder } from "./run-reference.js";
import type { Terminal } from "./terminal.js";

/** How a run is watched while it trains. */
export interface AttendOptions {
  /** Events as JSON lines on stdout. */
  readonly json: boolean;
  readonly quiet: boolean;
  readonly monitor: boolean;
  readonly logEvery: number | null;
  readonly theme: "auto" | "dark" | "light" | "mono";
  readonly ascii: boolean;
  /** Steps of an epoch, for the rate plan. */
  readonly stepsPerEpoch: number;
  /** Byte of `events.jsonl` from which on this trainer's events begin. */
  readonly from: number;
  /** Number of the last event before them. */
  readonly resumedAfter: number;
}

/**
 * Milliseconds between a monitor's looks at the events: each costs processor time that the trainer would have used, and
 * pictures of what goes on are a second apart.
 */
export const monitorPoll = 400;

/** Seconds that an aborted trainer gets to end by itself. */
const abortPatience = 5000;

/** Longest wait until a trainer has loaded everything, in milliseconds. */
const startPatience = 20_000;

/**
 * Leaves a run to its trainer as soon as that one has data and backend, or takes long over it, and says where it is.
 * One that can't begin is reported as if it had been attended.
 */
export async function detach(
  run: Run,
  trainer: TrainerProcess,
  terminal: Terminal,
  options: Pick<AttendOptions, "quiet" | "from">,
): Promise<number> {
  const shown = shownFolder(run);
  const gone = new AbortController();
  const exit = trainer.wait();
  void exit.finally(() => gone.abort()).catch(() => undefined);
  const patience = AbortSignal.any([gone.signal, AbortSignal.timeout(startPatience)]);
  const begun = await hasBegun(run, options.from, patience);
  terminal.answer(shown);
  if (begun === false || gone.signal.aborted) return conclude(await exit, terminal, shown);
  trainer.release();
  const watch = `lerac watch ${referenceTo(run, terminal.env)}`;
  if (!options.quiet) terminal.say(`training on its own, process ${trainer.pid}   ${watch}`);
  return exitCodes.ok;
}

/** Whether a trainer has begun to train: false when it ended before that, null when it is not known in time. */
async function hasBegun(run: Run, from: number, signal: AbortSignal): Promise<boolean | null> {
  for await (const batch of followEvents(run.paths.events, { from, signal })) {
    for (const { type } of batch) {
      if (type === "run.start") return true;
      if (type === "run.end") return false;
    }
  }
  return null;
}

/**
 * Shows a run in the way asked for until its trainer ends, passes Ctrl-C on as commands, and tells how it ended. Gives
 * the exit code.
 */
export async function attend(
  run: Run,
  trainer: TrainerProcess,
  program: TrainingProgram,
  terminal: Terminal,
  options: AttendOptions,
): Promise<number> {
  const shown = shownFolder(run);
  if (options.monitor) return await attendWithMonitor(run, trainer, program, terminal, options, shown);
  return await attendWithLines(run, trainer, terminal, options, shown);
}

async function attendWithMonitor(
  run: Run,
  trainer: TrainerProcess,
  program: TrainingProgram,
  terminal: Terminal,
  options: AttendOptions,
  shown: string,
): Promise<number> {
  const events = followEvents(run.paths.events, { poll: monitorPoll });
  const result = await runMonitor({
    events,
    plan: planView(program, options.stepsPerEpoch, run.record.options),
    send: (command) => sendCommand(run, command, "monitor"),
    stdin: terminal.stdin,
    stdout: terminal.stderr,
    env: terminal.env,
    mode: "run",
    resumedAfter: options.resumedAfter,
    theme: options.theme,
    ascii: options.ascii,
    preferences: preferencesFile(terminal.env, process.platform),
    trainer: trainer
      .wait()
      .then(({ exit, signal, lastLines }) => ({ code: exit, signal, stderr: lastLines })),
    reading: () => (events.size > 0 && events.offset < events.size ? events.offset / events.size : null),
  });
  const reference = referenceTo(run, terminal.env);
  for (const line of closingLines(result.state, {
    folder: shown,
    reference,
    columns: terminal.columns(terminal.stderr),
  }))
    terminal.say(line);
  if (result.left === "detached") {
    trainer.release();
    announceFolder(terminal, shown);
    return exitCodes.ok;
  }
  const ended = await patiently(trainer, result.left === "aborted");
  announceFolder(terminal, shown);
  return conclude(ended, terminal, shown);
}

async function attendWithLines(
  run: Run,
  trainer: TrainerProcess,
  terminal: Terminal,
  options: AttendOptions,
  shown: string,
): Promise<number> {
  const reporter = new LineReporter({
    folder: shown,
    quiet: options.quiet,
    ...(options.logEvery === null ? {} : { logEvery: options.logEvery }),
  });
  const ended = new AbortController();
  const follower = followEvents(run.paths.events, { from: options.from, signal: ended.signal });
  const interrupts = passSignals(run, terminal);
  const exit = trainer.wait();
  // The file is read once more after the process is gone: its last words may not have been seen.
  void exit.finally(() => setTimeout(() => ended.abort(), 300)).catch(() => undefined);
  try {
    await report(follower, reporter, terminal, options.json);
    const result = interrupts.aborted() ? await patiently(trainer, true) : await exit;
    if (!options.json) announceFolder(terminal, shown);
    return conclude(result, terminal, shown);
  } finally {
    interrupts.stop();
  }
}

async function report(
  follower: EventFollower,
  reporter: LineReporter,
  terminal: Terminal,
  json: boolean,
): Promise<void> {
  for await (const batch of follower) {
    for (const event of batch) {
      if (json) terminal.stdout.write(`${JSON.stringify(event)}\n`);
      for (const line of reporter.report(event)) terminal.say(line);
      if (event.type === "run.end") return;
    }
  }
}

/** Ctrl-C and SIGTERM become commands; the second one aborts. */
function passSignals(run: Run, terminal: Terminal) {
  let asked = 0;
  const onSignal = () => {
    asked++;
    if (asked === 1) {
      terminal.say(
        "stopping: the step is finished and saved first. Ctrl-C again: abort, keeps the last checkpoint",
      );
      sendCommand(run, "stop", "signal");
    } else sendCommand(run, "abort", "signal");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGBREAK"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    aborted: () => asked > 1,
    stop: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

/** Waits for the trainer; one that was aborted and does not end is ended. */
async function patiently(trainer: TrainerProcess, aborted: boolean): Promise<TrainerExit> {
  if (!aborted) return await trainer.wait();
  const timer = setTimeout(() => {
    try {
      process.kill(trainer.pid, "SIGKILL");
    } catch {
      // It has ended in the meantime.
    }
  }, abortPatience);
  try {
    return await trainer.wait();
  } finally {
    clearTimeout(timer);
  }
}

/** stdout carries the run folder, for scripts; a person has just read it. */
function announceFolder(terminal: Terminal, shown: string): void {
  if (terminal.stdout.isTTY !== true) terminal.answer(shown);
}

/** Says what went wrong, if anything did, and gives the exit code. */
async function conclude(ended: TrainerExit, terminal: Terminal, shown: string): Promise<number> {
  const failure = failureOf(ended, shown);
  if (failure !== null) await terminal.diagnostics(failure.diagnostics, terminal.stderr);
  return ended.end?.exit ?? exitCodes.training;
}

/** The rate plan as screens need it, for a run with its `--epochs` or `--steps`. */
export function planView(
  program: TrainingProgram,
  stepsPerEpoch: number,
  { epochs, steps: stopped }: Pick<RunOptions, "epochs" | "steps">,
): PlanView {
  const { plan, train, data } = program;
  const steps = train.length.unit === "epochs" ? train.length.value * stepsPerEpoch : train.length.value;
  const clock = { stepsPerEpoch, steps };
  return {
    rates: remembered((t) => ratesAt(plan, clock, Math.min(steps, t * stepsPerEpoch))),
    until: plan.rule.until === undefined ? null : curriculumEnd(plan, clock) / stepsPerEpoch,
    epochs: steps / stepsPerEpoch,
    ends: Math.min(steps, epochs === null ? steps : epochs * stepsPerEpoch, stopped ?? steps) / stepsPerEpoch,
    ...(data.sample.kind === "image" ? { samples: "images" } : {}),
  };
}

/** Every picture asks for the rates of the same moments: each column of the strip is one. */
function remembered(rates: PlanView["rates"]): PlanView["rates"] {
  const known = new Map<number, number[]>();
  return (t) => {
    const found = known.get(t) ?? rates(t);
    if (known.size > 1000) known.clear();
    known.set(t, found);
    return found;
  };
}
