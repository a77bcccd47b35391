import type { Terminal } from "./terminal.js";

/** One option of a command, as help shows it and commander reads it. */
export interface OptionSpec {
  /** `--out DIR`, `--no-tui`, `-o, --output FILE`. */
  readonly flags: string;
  readonly description: string;
  /** Given several times: the values are collected. */
  readonly repeatable?: boolean;
  /** The words its value may be, for the shell's completion. */
  readonly values?: readonly string[];
}

/** One command: its words in help, its options, and what it does. */
export interface Command {
  readonly name: string;
  /** `FILE`, `[RUN]`, `FILE...` as commander writes arguments. */
  readonly arguments: string;
  readonly summary: string;
  /** The words its argument may be, for the shell's completion. */
  readonly operands?: readonly string[];
  /** Words that may come before the runs it is about, for the shell's completion. */
  readonly actions?: readonly string[];
  /** Command lines that work, each with a word on what for. */
  readonly examples: readonly (readonly [string, string])[];
  readonly groups: readonly { readonly title: string; readonly options: readonly OptionSpec[] }[];
  readonly footer?: string;
  /** Gives the exit code; throws `LeracError` for anything the user can mend. */
  run(invocation: Invocation): Promise<number>;
}

export interface Invocation {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly terminal: Terminal;
}

/** What one option gave: a text, or undefined. */
export function textOption(invocation: Invocation, name: string): string | undefined {
  const value = invocation.options[name];
  return typeof value === "string" ? value : undefined;
}

export function flagOption(invocation: Invocation, name: string): boolean {
  return invocation.options[name] === true;
}

export function listOption(invocation: Invocation, name: string): readonly string[] {
  const value = invocation.options[name];
  return Array.isArray(value) ? (value as string[]) : [];
}
