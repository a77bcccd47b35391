import { closeSync, openSync, readSync } from "node:fs";
import type { RunEvent } from "./events.js";
import { parseEvent } from "./parse-event.js";

/** Read at once; a line that spans pieces is put together. */
const chunkBytes = 1024 * 1024;
/** A longer line is no event; it is passed over without being held in memory. */
const longestLine = 4 * 1024 * 1024;
const newline = 0x0a;

/** Records that only say that a run goes on; nearly all of a long history, and costly to parse. */
const repetitive = ["step", "system", "heartbeat"].map((type) => Buffer.from(`"type":"${type}"`));

export interface HistoryOptions {
  /** Pass over the records between two steps, but for the last of each part of the run: where it stood. */
  readonly brief?: boolean;
}

/**
 * The events of a run so far, oldest first, in bounded memory; damaged lines, and one that is being written, are passed
 * over. A run without events has none.
 */
export function* readHistory(path: string, options: HistoryOptions = {}): Generator<RunEvent> {
  let passed: Buffer | null = null;
  for (const line of lines(path)) {
    if (options.brief === true && repetitive.some((mark) => line.includes(mark))) {
      passed = line;
      continue;
    }
    const event = eventOf(line);
    if (event === null) continue;
    // How long a part of a run went on is told by its last sign of life.
    if (event.type === "run.start" && passed !== null) yield* maybe(eventOf(passed));
    passed = null;
    yield event;
  }
  if (passed !== null) yield* maybe(eventOf(passed));
}

function* maybe(event: RunEvent | null): Generator<RunEvent> {
  if (event !== null) yield event;
}

function eventOf(line: Buffer): RunEvent | null {
  const parsed = parseEvent(line.toString("utf8"));
  return parsed.kind === "event" ? parsed.event : null;
}

/** Whole lines of a file, without their ends; none where there is no file. */
function* lines(path: string): Generator<Buffer> {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return;
  }
  try {
    let rest: Buffer = Buffer.alloc(0);
    let skipping = false;
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const read = readSync(file, chunk);
      if (read === 0) return;
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
      let begin = 0;
      for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, begin)) {
        if (!skipping) yield bytes.subarray(begin, end);
        skipping = false;
        begin = end + 1;
      }
      rest = bytes.subarray(begin);
      if (rest.length <= longestLine) continue;
      rest = Buffer.alloc(0);
      skipping = true;
    }
  } finally {
    closeSync(file);
  }
}
