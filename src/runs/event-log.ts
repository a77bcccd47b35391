import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { writeFailure } from "./atomic-file.js";
import type { EventBody, EventHead, RunEvent } from "./events.js";
import { parseEvent } from "./parse-event.js";

/** Where the run is when something is said: completed steps, completed epochs. */
export interface Position {
  readonly step: number;
  readonly epoch: number;
}

/** Types after which the file is flushed to disk: what they say must survive a loss of power. */
const durable: ReadonlySet<EventBody["type"]> = new Set(["checkpoint", "run.end"]);

/** Bytes read at once when the end of a file is looked for. */
const chunkBytes = 64 * 1024;

/**
 * Appends the events of a run: whole lines, one write each, numbered without gaps over all resumes. There is one
 * writer for a file; the run's lock sees to that.
 */
export class EventLog {
  readonly #file: number;
  readonly #path: string;
  readonly #run: string;
  /** Goes into the head of every event; the trainer moves it on. */
  position: Position;
  /** Bytes of whole lines. */
  #end: number;
  #seq: number;
  #lastWrite = performance.now();

  /**
   * Opens the file, which need not exist. A last line that was cut off by a crash is taken away, and numbering goes on
   * behind the last whole event.
   */
  constructor(path: string, run: string) {
    this.#path = path;
    this.#run = run;
    this.#file = openSync(path, "a+");
    const end = endOfLastLine(this.#file);
    ftruncateSync(this.#file, end);
    const last = lastEvent(this.#file, end);
    this.#end = end;
    this.#seq = last?.seq ?? 0;
    this.position = { step: last?.step ?? 0, epoch: last?.epoch ?? 0 };
  }

  /** Number of the newest event; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  /** Seconds since something was said. */
  get silence(): number {
    return (performance.now() - this.#lastWrite) / 1000;
  }

  /** @throws LeracError L0713 when the file can't be written. */
  write(body: EventBody): void {
    const seq = this.#seq + 1;
    const head: EventHead = { v: 1, seq, at: new Date().toISOString(), run: this.#run, ...this.position };
    const event: RunEvent = { ...head, ...body };
    try {
      const line = Buffer.from(`${JSON.stringify(event)}\n`);
      for (let done = 0; done < line.length; ) done += writeSync(this.#file, line, done);
      if (durable.has(body.type)) fsyncSync(this.#file);
      this.#end += line.length;
    } catch (error) {
      this.#dropTornLine();
      throw writeFailure(error, this.#path);
    }
    this.#seq = seq;
    this.#lastWrite = performance.now();
  }

  close(): void {
    closeSync(this.#file);
  }

  /** A full disk may take a part of a line; the next one must not be appended to it. */
  #dropTornLine(): void {
    try {
      ftruncateSync(this.#file, this.#end);
    } catch {
      // Then whoever opens the file next does it.
    }
  }
}

/** The newest whole event of a file, or null where there is none. */
export function readLastEvent(path: string): RunEvent | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null;
  }
  try {
    return lastEvent(file, endOfLastLine(file));
  } finally {
    closeSync(file);
  }
}

/** Offset behind the last line end of a file; 0 where it has none. */
function endOfLastLine(file: number): number {
  return endOfLineBefore(file, fstatSync(file).size);
}

/** Offset behind the last line end in the bytes before `limit`; 0 where there is none. */
function endOfLineBefore(file: number, limit: number): number {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  for (let end = limit; end > 0; ) {
    const start = Math.max(0, end - chunkBytes);
    const bytes = chunk.subarray(0, readSync(file, chunk, 0, end - start, start));
    const newline = bytes.lastIndexOf(0x0a);
    if (newline !== -1) return start + newline + 1;
    end = start;
  }
  return 0;
}

/** The last line before `end` that is an event; damaged ones are passed over. */
function lastEvent(file: number, end: number): RunEvent | null {
  while (end > 0) {
    const start = endOfLineBefore(file, end - 1);
    const line = Buffer.alloc(end - 1 - start);
    readSync(file, line, 0, line.length, start);
    const parsed = parseEvent(line.toString("utf8"));
    if (parsed.kind === "event") return parsed.event;
    end = start;
  }
  return null;
}
