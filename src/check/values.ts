import type { Span } from "../diagnostics/index.js";
import { units } from "../language/units.js";

/** What an expression means once it is evaluated. Nothing is converted silently from one type to another. */
export type Value =
  | NumberValue
  | { readonly type: "string"; readonly text: string }
  | { readonly type: "boolean"; readonly value: boolean }
  /**
   * A bare name that is no variable: what it means is for the place where it stands to say. `others` are the variables
   * that there are, for where it should have been one.
   */
  | { readonly type: "word"; readonly text: string; readonly others?: () => Iterable<string> }
  | { readonly type: "list"; readonly items: readonly Located[] }
  | { readonly type: "range"; readonly from: NumberValue; readonly to: NumberValue }
  | { readonly type: "arrow"; readonly from: Located; readonly to: Located };

export interface NumberValue {
  readonly type: "number";
  readonly value: number;
  /** As written: `epochs` for `epoch` too; `%` for a percentage, whose value is then a share of 1. */
  readonly unit: Unit | null;
}

export interface Located {
  readonly value: Value;
  readonly span: Span;
}

export type Unit =
  | "epochs"
  | "steps"
  | "samples"
  | "ms"
  | "s"
  | "min"
  | "h"
  | "Hz"
  | "kHz"
  | "dB"
  | "px"
  | "%";

/** Spellings of a unit to its name; `%` belongs to the number before it and is none. */
export const unitOf: Readonly<Record<string, Unit>> = Object.assign(
  // Without a prototype: `constructor` and `toString` are names that a file may hold.
  Object.create(null),
  Object.fromEntries(
    units
      .filter(({ name }) => name !== "%")
      .flatMap(({ name, spellings }) => spellings.map((spelling) => [spelling, name as Unit])),
  ),
);

/** What a unit measures, as messages say it. */
export function kindOfUnit(unit: Unit | null): string {
  switch (unit) {
    case null:
      return "a plain number";
    case "epochs":
    case "steps":
      return "a run time";
    case "%":
      return "a percentage";
    case "min":
      return "minutes";
    case "h":
      return "hours";
    case "s":
      return "seconds";
    case "ms":
      return "milliseconds";
    case "samples":
      return "samples";
    case "Hz":
    case "kHz":
      return "a frequency";
    case "dB":
      return "a level in dB";
    case "px":
      return "pixels";
  }
}

/** What a value is, as messages say it: "a string", "minutes". */
export function describeValue(value: Value): string {
  switch (value.type) {
    case "number":
      return value.unit === null ? `${value.value}` : kindOfUnit(value.unit);
    case "string":
      return "a string";
    case "boolean":
      return `\`${value.value}\``;
    case "word":
      return `the word \`${value.text}\``;
    case "list":
      return "a list";
    case "range":
      return "a range";
    case "arrow":
      return "a span with `->`";
  }
}
