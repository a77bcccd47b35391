import { printable } from "../../base/format.js";
import { type EventLog, followEvents, type LogName, type Run } from "../../runs/index.js";
import { readRunProgram } from "../run-program.js";
import { CsvLog } from "./csv.js";
import type { RunLog } from "./run-log.js";
import { TensorboardLog } from "./tensorboard.js";

/** Milliseconds between two looks at the events. */
const interval = 1000;
/** Milliseconds given to the last events: they are in the file when this counts. */
const patience = 2000;

const makers: Readonly<Record<LogName, (run: Run) => RunLog>> = {
  tensorboard: (run) => new TensorboardLog(run),
  csv: (run) => new CsvLog(run, () => readRunProgram(run).train.metrics.map(({ name }) => name)),
};

/**
 * Follows the events of a run and writes the logs that it was asked for, beside training: a fault ends the logs with a
 * warning (L0725), never the run.
 *
 * @returns takes the last events in and closes the files; to be called when `run.end` is written
 */
export function startLogs(run: Run, events: EventLog): () => Promise<void> {
  const names = run.record.options.logs ?? [];
  if (names.length === 0) return async () => {};
  let over = false;
  const logs: RunLog[] = [];
  const reading = new AbortController();
  /** Number of the newest event that the logs have. */
  let taken = 0;

  const follow = async (from: number, signal: AbortSignal, poll: number): Promise<number> => {
    const follower = followEvents(run.paths.events, { from, poll, signal });
    for await (const batch of follower) {
      for (const event of batch) for (const log of logs) log.take(event);
      for (const log of logs) log.flush();
      taken = batch.at(-1)?.seq ?? taken;
      if (over && taken >= events.seq) break;
    }
    return follower.offset;
  };
  const work = async (): Promise<void> => {
    try {
      for (const name of names) logs.push(makers[name](run));
      const read = await follow(0, reading.signal, interval);
      if (taken < events.seq) await follow(read, AbortSignal.timeout(patience), 20);
      for (const log of logs.splice(0)) log.close();
    } catch (error) {
      const message = `--log writes no more: ${printable(error instanceof Error ? error.message : String(error))}`;
      if (over) console.error(`L0725: ${message}`);
      else events.write({ type: "warning", code: "L0725", message, address: null, count: 1 });
    }
  };
  const done = work();
  // An event log that can't be written is found, and reported, by the training loop at its next event.
  done.catch(() => {});
  return async () => {
    over = true;
    reading.abort();
    await done.catch(() => {});
  };
}
