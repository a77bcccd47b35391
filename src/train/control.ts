import { setTimeout as delay } from "node:timers/promises";
import type { Command, CommandEvent, CommandName, CommandReader } from "../runs/index.js";

/** How a run is asked to end before its time. */
export type Ending = "stop" | "abort";

/** Milliseconds between two looks while nothing else is to do. */
const idle = 50;

/**
 * What the trainer is asked for, from the mailbox and from signals, in the order of arrival. Commands wait here until
 * the loop takes them, between two steps; only `ending` looks ahead, so that long work can be cut short.
 */
export class Control {
  #queue: Command[] = [];
  #mailbox: CommandReader | null = null;

  /** Reads this mailbox as well from now on. */
  listen(mailbox: CommandReader): void {
    this.#mailbox = mailbox;
  }

  /** Asks for something from within the process: signals, tests. */
  request(command: CommandName, from: CommandEvent["from"]): void {
    this.#queue.push({ command, from });
  }

  /** Everything that was asked for since the last call. */
  take(): Command[] {
    this.#collect();
    const commands = this.#queue;
    this.#queue = [];
    return commands;
  }

  /** Whether a command that ends the run waits; it stays in the queue. */
  get ending(): Ending | null {
    this.#collect();
    if (this.#queue.some(({ command }) => command === "abort")) return "abort";
    return this.#queue.some(({ command }) => command === "stop") ? "stop" : null;
  }

  /** The next commands, waited for without using the processor. */
  async wait(): Promise<Command[]> {
    for (;;) {
      const commands = this.take();
      if (commands.length > 0) return commands;
      await delay(idle);
    }
  }

  #collect(): void {
    if (this.#mailbox !== null) this.#queue.push(...this.#mailbox.poll());
  }
}

/**
 * Turns the signals that ask a process to end into commands: the first saves and stops, the second aborts.
 * @returns takes the handlers away again.
 */
export function listenToSignals(control: Control, source: NodeJS.Process = process): () => void {
  const signals = [
    "SIGTERM",
    "SIGINT",
    ...(source.platform === "win32" ? (["SIGBREAK"] as const) : []),
  ] as const;
  let received = 0;
  const handle = () => control.request(++received === 1 ? "stop" : "abort", "signal");
  for (const signal of signals) source.on(signal, handle);
  return () => {
    for (const signal of signals) source.off(signal, handle);
  };
}
