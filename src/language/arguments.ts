/**
 * What an argument of a call may be. One description serves the checker, `explain`, the reference and the editor.
 * The order of keys in an `ArgumentTable` is the positional order.
 */
export interface ArgumentSpec<V = unknown> {
  readonly type: ArgumentType;
  readonly doc: string;
  /** Absent: required. A function computes it from the arguments before it. */
  readonly default?: V | ((earlier: Readonly<Record<string, unknown>>) => V);
  /** How the reference writes a computed default. */
  readonly defaultText?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Values from `minimum` up to, but without, `maximum`. */
  readonly openEnd?: boolean;
  /** The words a `word` argument takes. */
  readonly words?: readonly string[];
  /** The last argument by position: takes everything that is given without a key from its place on. */
  readonly rest?: boolean;
}

/** `count`: whole number; `number`: any; the others as they are called in the language page. */
export type ArgumentType =
  | "count"
  | "number"
  | "boolean"
  | "word"
  | "string"
  | "length"
  | "percentage"
  | "numbers"
  | "counts"
  | "init"
  | "time";

export type ArgumentTable = Readonly<Record<string, ArgumentSpec>>;

/** The checked values of a table's arguments. */
export type ArgumentValues<P extends ArgumentTable> = {
  readonly [K in keyof P]: P[K] extends ArgumentSpec<infer V> ? V : never;
};

type Options<V> = Omit<ArgumentSpec<V>, "type" | "doc">;

/** A whole number of at least 1 (unless `minimum` says otherwise): sizes, channels, strides. */
export function count(doc: string, options: Options<number> = {}): ArgumentSpec<number> {
  return { type: "count", doc, minimum: 1, ...options };
}

export function number(doc: string, options: Options<number> = {}): ArgumentSpec<number> {
  return { type: "number", doc, ...options };
}

export function boolean(doc: string, options: Options<boolean> = {}): ArgumentSpec<boolean> {
  return { type: "boolean", doc, ...options };
}

export function word(
  doc: string,
  words: readonly string[],
  options: Options<string> = {},
): ArgumentSpec<string> {
  return { type: "word", doc, words, ...options };
}

export function string(doc: string, options: Options<string> = {}): ArgumentSpec<string> {
  return { type: "string", doc, ...options };
}

/** Pixels: `2 px`. */
export function length(doc: string, options: Options<number> = {}): ArgumentSpec<number> {
  return { type: "length", doc, minimum: 0, ...options };
}

/** Whole numbers, all positional ones from its place on: `reshape(7, 7, 64)`. */
export function counts(
  doc: string,
  options: Options<readonly number[]> = {},
): ArgumentSpec<readonly number[]> {
  return { type: "counts", doc, minimum: 1, rest: true, ...options };
}

/** One number, or a list with one for each channel. */
export function numbers(
  doc: string,
  options: Options<readonly number[]> = {},
): ArgumentSpec<readonly number[]> {
  return { type: "numbers", doc, ...options };
}
