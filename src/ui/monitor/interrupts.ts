import type { CommandName } from "../../runs/events.js";

/**
 * Ctrl-C and what counts as it: once asks to save and stop, again to abort, and a third time no longer waits for an
 * answer. `S` and `X` count as the first and the second.
 */
export class Interrupts {
  #level: 0 | 1 | 2 = 0;

  /** The next interrupt; null: just go. */
  next(): CommandName | null {
    if (this.#level === 0) return "stop";
    if (this.#level === 1) return "abort";
    return null;
  }

  /** A command went out. */
  sent(command: CommandName): void {
    if (command === "stop" && this.#level === 0) this.#level = 1;
    if (command === "abort") this.#level = 2;
  }

  /** The trainer declined: the next Ctrl-C begins anew. */
  refused(command: CommandName): void {
    if (command === "stop" || command === "abort") this.#level = 0;
  }

  get aborting(): boolean {
    return this.#level === 2;
  }
}
