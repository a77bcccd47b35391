import { appendFileSync, closeSync, openSync, readSync, statSync } from "node:fs";
import type { CommandEvent, CommandName } from "./events.js";
import type { Run } from "./folder.js";

/** One line of the mailbox `commands.jsonl`. */
export interface Command {
  readonly command: CommandName;
  readonly from: CommandEvent["from"];
}

const names: ReadonlySet<string> = new Set<CommandName>([
  "pause",
  "continue",
  "checkpoint",
  "evaluate",
  "stop_after_epoch",
  "stop",
  "abort",
]);
const senders: ReadonlySet<string> = new Set<CommandEvent["from"]>(["monitor", "signal", "cli", "api"]);

/** Looks at the mailbox are at least so many milliseconds apart. */
const interval = 50;

/** More than this at once is no command; it is passed over. */
const largestRead = 64 * 1024;

/** Asks the trainer of a run for something. Its answer is an event; without a trainer nothing happens. */
export function sendCommand(run: Run, command: CommandName, from: CommandEvent["from"]): void {
  appendFileSync(
    run.paths.commands,
    `${JSON.stringify({ v: 1, at: new Date().toISOString(), command, from })}\n`,
  );
}

/** Bytes in the mailbox: commands behind them were sent later. */
export function mailboxSize(run: Run): number {
  return statSync(run.paths.commands, { throwIfNoEntry: false })?.size ?? 0;
}

/** Reads what is new in a mailbox; cheap enough to be asked between any two steps. */
export class CommandReader {
  readonly #path: string;
  readonly #now: () => number;
  #offset: number;
  #lastLook = Number.NEGATIVE_INFINITY;

  /** @param from bytes to pass over: commands that were meant for an earlier trainer. */
  constructor(path: string, from: number, now: () => number = () => performance.now()) {
    this.#path = path;
    this.#offset = from;
    this.#now = now;
  }

  /** Commands that arrived since the last call, oldest first. Lines that are none are passed over. */
  poll(): Command[] {
    const now = this.#now();
    if (now - this.#lastLook < interval) return [];
    this.#lastLook = now;
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    // A mailbox that became shorter was begun anew.
    if (size < this.#offset) this.#offset = 0;
    if (size === this.#offset) return [];
    return this.#read(size);
  }

  #read(size: number): Command[] {
    const bytes = Buffer.alloc(Math.min(size - this.#offset, largestRead));
    const file = openSync(this.#path, "r");
    try {
      readSync(file, bytes, 0, bytes.length, this.#offset);
    } finally {
      closeSync(file);
    }
    const end = bytes.lastIndexOf(0x0a) + 1;
    // A line without an end is still being written, unless it fills the whole of what is read at once.
    this.#offset += end === 0 && bytes.length === largestRead ? bytes.length : end;
    const lines = bytes.subarray(0, end).toString("utf8").split("\n");
    return lines.map(parseCommand).filter((command) => command !== null);
  }
}

function parseCommand(line: string): Command | null {
  try {
    const value = JSON.parse(line) as { command?: unknown; from?: unknown } | null;
    if (typeof value?.command !== "string" || !names.has(value.command)) return null;
    if (typeof value.from !== "string" || !senders.has(value.from)) return null;
    return { command: value.command as CommandName, from: value.from as CommandEvent["from"] };
  } catch {
    return null;
  }
}
