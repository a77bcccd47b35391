import { statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import {
  type EventFollower,
  followEvents,
  type Run,
  type RunEvent,
  readLastEvent,
  trainerIsGone,
} from "../../runs/index.js";
import type { TrainerExit } from "../../ui/state.js";
import { unseenExit } from "../run-state.js";

/** Milliseconds between two looks for a trainer. */
const lookEvery = 300;

/**
 * All events of a run from its first, in batches, until it is over and the last one was handed out: no trainer is at
 * work and the file has stopped growing. A run that is resumed meanwhile goes on.
 */
export async function* untilOver(run: Run): AsyncGenerator<RunEvent[]> {
  const over = new AbortController();
  const follower = followEvents(run.paths.events, { signal: over.signal });
  let quiet = -1;
  const look = setInterval(() => {
    const gone = trainerIsGone(run, sizeOf(run) > 0, Date.now());
    // Twice the same: all is read, but perhaps for a last line that was cut off.
    if (gone && quiet === follower.offset) over.abort();
    quiet = gone ? follower.offset : -1;
  }, lookEvery);
  try {
    yield* follower;
  } finally {
    clearInterval(look);
    over.abort();
  }
}

/**
 * Tells each time that the trainer of a run is gone without a word. Only when `follower` has handed out all that was
 * written: an event that comes later would say that it lives.
 */
export async function* deathsOf(
  run: Run,
  follower: EventFollower,
  signal: AbortSignal,
): AsyncGenerator<TrainerExit> {
  let told = false;
  for (let read = -1; !signal.aborted; read = follower.offset) {
    await delay(lookEvery, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (read !== follower.offset) continue;
    // In this order: a trainer says how it ended before it goes.
    const gone = trainerIsGone(run, sizeOf(run) > 0, Date.now());
    const last = readLastEvent(run.paths.events);
    const dead = gone && last?.type !== "run.end";
    if (dead && !told) yield unseenExit(run, last === null ? null : Date.parse(last.at));
    told = dead;
  }
}

function sizeOf(run: Run): number {
  return statSync(run.paths.events, { throwIfNoEntry: false })?.size ?? 0;
}
