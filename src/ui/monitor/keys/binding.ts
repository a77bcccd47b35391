import type { CommandName } from "../../../runs/events.js";
import type { RunState } from "../../state.js";
import type { Layout } from "../frame.js";
import type { Question, View } from "../view.js";

/** What keys can do; the monitor does it. */
export interface MonitorActions {
  /** Asks the trainer for something. Nothing is taken for done before its events say so. */
  send(command: CommandName): void;
  change(change: (view: View) => View): void;
  /** Asks the user. */
  ask(question: Question): void;
  /** Leaves the monitor; the run goes on. */
  leave(): void;
  /** Ctrl-C and its like: the first time save and stop, then abort, then just go. */
  interrupt(): void;
  /** Shows the chosen pane as plain text on the normal screen until a key is pressed. */
  plainText(): void;
  redraw(): void;
}

export interface KeyContext {
  readonly state: RunState;
  readonly view: View;
  /** Width of the window in characters: one press moves the cursor by about one of them. */
  readonly columns: number;
  readonly mode: "run" | "watch";
  readonly actions: MonitorActions;
}

export interface KeyBinding {
  /** Names of keys as `keyNames` gives them. */
  readonly keys: readonly string[];
  /** How the keys are written in the help. */
  readonly label: string;
  readonly group: "view" | "run" | "monitor";
  /** For the help, at most 21 characters. */
  readonly help: string;
  /** For the page of keys in the documentation: all there is to know. */
  readonly doc: string;
  /** What the footer says, by layout; left out where there is no room for it. */
  readonly footer: Partial<Record<Layout, string>>;
  /** Position in the footer, from the left. */
  readonly order: number;
  /** Why it would do nothing now, as the end of a sentence that begins with the key; null where it does something. */
  refusal?(context: Pick<KeyContext, "state" | "view">): string | null;
  run(context: KeyContext, key: string): void;
}

/** A key's name as it is written in sentences. */
export function keyLabel(key: string): string {
  const names: Readonly<Record<string, string>> = { tab: "Tab", enter: "Enter", end: "End", escape: "Esc" };
  return names[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}
