import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { printable } from "../base/format.js";
import { fail } from "../diagnostics/index.js";
import type { RunEvent } from "./events.js";
import { parseEvent } from "./parse-event.js";

export interface FollowOptions {
  /** Byte offset to begin at, a line's first byte. Default 0. */
  readonly from?: number;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks at a file that has not grown. Default 100. */
  readonly poll?: number;
}

/** Events of a file in batches, oldest first; iterate it once. */
export interface EventFollower extends AsyncIterable<RunEvent[]> {
  /** Complete lines that were no record of "lerac events 1" and were skipped. */
  readonly damaged: number;
  /** Bytes of the file behind the events handed out so far: where another reader may go on. */
  readonly offset: number;
  /** Bytes in the file when it was last looked at. */
  readonly size: number;
}

/** Read at once: a batch is parsed in a few milliseconds, so a reader can draw in between. */
const chunkBytes = 64 * 1024;
/** A longer line is no event; it is skipped without being held in memory. */
const longestLine = 4 * 1024 * 1024;
const newline = 0x0a;

/**
 * Follows a growing `events.jsonl`: hands out its complete lines as events, then waits for more until `signal` says
 * stop. The file may not exist yet; its last line may be half written; a damaged line is skipped and counted. A file
 * that became shorter was begun anew and is read from its start.
 */
export function followEvents(file: string, options: FollowOptions = {}): EventFollower {
  return new Follower(file, options);
}

class Follower implements EventFollower {
  damaged = 0;
  offset: number;
  size = 0;
  readonly #file: string;
  readonly #signal: AbortSignal | undefined;
  readonly #poll: number;
  /** The begin of a line whose end is not yet written, or not yet read. */
  #partial: Buffer[] = [];
  #partialBytes = 0;
  #skipping = false;

  constructor(file: string, options: FollowOptions) {
    this.#file = file;
    this.offset = options.from ?? 0;
    this.#signal = options.signal;
    this.#poll = options.poll ?? 100;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunEvent[]> {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    while (!this.#stopped()) {
      const read = await this.#readInto(chunk);
      const events = this.#take(chunk.subarray(0, read));
      if (events.length > 0) yield events;
      if (read === 0) await this.#wait();
    }
  }

  #stopped(): boolean {
    return this.#signal?.aborted ?? false;
  }

  /** The next bytes of the file; 0 where there are none (yet), or no file. */
  async #readInto(chunk: Buffer): Promise<number> {
    let handle: FileHandle | undefined;
    try {
      // Looked at before it is opened: mostly nothing is new, and a watcher looks ten times a second.
      this.size = (await stat(this.#file)).size;
      if (this.size < this.offset) this.#beginAnew();
      const position = this.offset + this.#partialBytes;
      if (position >= this.size) return 0;
      handle = await open(this.#file, "r");
      return (await handle.read(chunk, 0, chunk.length, position)).bytesRead;
    } catch (error) {
      // Not there yet, or replaced at this moment (Windows: locked): the next look will tell.
      if (isTransient(error)) return 0;
      throw fail("missing", "L0720", `the events of the run cannot be read: ${reasonOf(error)}`, {
        at: { place: this.#file },
      });
    } finally {
      await handle?.close();
    }
  }

  #beginAnew(): void {
    this.offset = 0;
    this.#partial = [];
    this.#partialBytes = 0;
    this.#skipping = false;
  }

  #take(bytes: Buffer): RunEvent[] {
    const events: RunEvent[] = [];
    let begin = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, begin)) {
      this.#line(bytes.subarray(begin, end), events);
      begin = end + 1;
    }
    this.#keep(bytes.subarray(begin));
    return events;
  }

  #line(end: Buffer, events: RunEvent[]): void {
    const line = this.#partial.length === 0 ? end : Buffer.concat([...this.#partial, end]);
    this.offset += this.#partialBytes + end.length + 1;
    this.#partial = [];
    this.#partialBytes = 0;
    if (this.#skipping) {
      this.#skipping = false;
      this.damaged++;
      return;
    }
    const parsed = parseEvent(line.toString("utf8"));
    if (parsed.kind === "event") events.push(parsed.event);
    else if (parsed.kind === "damaged") this.damaged++;
  }

  #keep(rest: Buffer): void {
    if (rest.length === 0) return;
    this.#partialBytes += rest.length;
    if (this.#skipping || this.#partialBytes > longestLine) {
      this.#skipping = true;
      this.#partial = [];
    } else {
      // A copy: the chunk's memory is used again for the next read.
      this.#partial.push(Buffer.from(rest));
    }
  }

  async #wait(): Promise<void> {
    try {
      await delay(this.#poll, undefined, this.#signal === undefined ? {} : { signal: this.#signal });
    } catch (error) {
      if (!this.#stopped()) throw error;
    }
  }
}

function isTransient(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "EBUSY" || code === "EPERM";
}

function reasonOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}
