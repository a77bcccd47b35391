/** A function of arithmetic. */
export interface FunctionEntry {
  readonly name: string;
  readonly arity: 1 | 2;
  readonly doc: string;
  apply(...x: number[]): number;
}

/** Every function that expressions know; what is not finite is an error where it is used. */
export const functions: ReadonlyMap<string, FunctionEntry> = new Map(
  (
    [
      { name: "min", arity: 2, doc: "the smaller of two numbers of one unit", apply: Math.min },
      { name: "max", arity: 2, doc: "the larger of two numbers of one unit", apply: Math.max },
      { name: "round", arity: 1, doc: "the nearest whole number; halves go up", apply: Math.round },
      { name: "floor", arity: 1, doc: "the next whole number below", apply: Math.floor },
      { name: "ceil", arity: 1, doc: "the next whole number above", apply: Math.ceil },
      { name: "sqrt", arity: 1, doc: "the square root", apply: Math.sqrt },
      { name: "pow", arity: 2, doc: "the first to the power of the second", apply: (a, b) => a ** b },
      {
        name: "mod",
        arity: 2,
        doc: "the remainder of a division, with the sign of the divisor",
        apply: (a, b) => a - b * Math.floor(a / b),
      },
    ] satisfies FunctionEntry[]
  ).map((entry) => [entry.name, entry]),
);
