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
  /** A `range` that may also be one number, which is both its ends. */
  readonly orNumber?: boolean;
  /** The last argument by position: takes everything that is given without a key from its place on. */
  readonly rest?: boolean;
}

/** A moment or a stretch of a run: so many epochs, so many steps, or a share (0 to 1) of the whole. */
export interface RunTime {
  readonly unit: "epochs" | "steps" | "share";
  readonly value: number;
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
  | "rows"
  | "init"
  | "time"
  | "times"
  | "metric"
  | "duration"
  | "frequency"
  | "level"
  | "range"
  | "name"
  | "names";

/** A stretch of sound: a number counts samples; seconds become samples where the rate is known. */
export type Duration = number | { readonly seconds: number };

export type ArgumentTable = Readonly<Record<string, ArgumentSpec>>;

/** The checked values of a table's arguments. */
export type ArgumentValues<P extends ArgumentTable> = {
  readonly [K in keyof P]: P[K] extends ArgumentSpec<infer V> ? V : never;
};

type Options<V> = Omit<ArgumentSpec<V>, "type" | "doc">;

/** An argument that may be left out without anything standing in for it; `instead` is how the reference says that. */
export function optional<V>(spec: ArgumentSpec<V>, instead: string): ArgumentSpec<V | null> {
  return { ...spec, default: null, defaultText: instead } as ArgumentSpec<V | null>;
}

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

/** Lists of numbers, which need not be of one length: `[[10, 13], [30, 61]]`. */
export function rows(
  doc: string,
  options: Options<readonly (readonly number[])[]> = {},
): ArgumentSpec<readonly (readonly number[])[]> {
  return { type: "rows", doc, ...options };
}

/** A share: `10%` is 0.1. */
export function percentage(doc: string, options: Options<number> = {}): ArgumentSpec<number> {
  return { type: "percentage", doc, minimum: 0, maximum: 1, ...options };
}

/** `25 ms`, `5 s` or `512 samples`. */
export function duration(doc: string, options: Options<Duration> = {}): ArgumentSpec<Duration> {
  return { type: "duration", doc, ...options };
}

/** In Hz: `16 kHz` is 16000. */
export function frequency(doc: string, options: Options<number> = {}): ArgumentSpec<number> {
  return { type: "frequency", doc, minimum: 0, ...options };
}

/** In dB: `-30 dB`. */
export function level(doc: string, options: Options<number> = {}): ArgumentSpec<number> {
  return { type: "level", doc, ...options };
}

/** Two plain numbers, low and high: `0.9..1.1`. */
export function range(
  doc: string,
  options: Options<readonly [number, number]> = {},
): ArgumentSpec<readonly [number, number]> {
  return { type: "range", doc, ...options };
}

/** A name of the author's data, such as a column: a word, or a string where it is none. */
export function name(doc: string, options: Options<string> = {}): ArgumentSpec<string> {
  return { type: "name", doc, ...options };
}

/** One such name or a list of them. */
export function names(
  doc: string,
  options: Options<readonly string[]> = {},
): ArgumentSpec<readonly string[]> {
  return { type: "names", doc, ...options };
}

/** A run time: `5 epochs`, `400 steps`, `10%` of the run. */
export function time(doc: string, options: Options<RunTime> = {}): ArgumentSpec<RunTime> {
  return { type: "time", doc, ...options };
}

/** One run time or a list of them: `[30, 60] epochs`. */
export function times(
  doc: string,
  options: Options<readonly RunTime[]> = {},
): ArgumentSpec<readonly RunTime[]> {
  return { type: "times", doc, ...options };
}

/** What is measured, by its split: `val.loss`. */
export function metric(doc: string): ArgumentSpec<MetricName> {
  return { type: "metric", doc };
}

export interface MetricName {
  readonly split: string;
  readonly metric: string;
}
