import { count, optional } from "../arguments.js";
import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import type { Misfit, Shape } from "./operator.js";

/** The ends that `pad` and `crop` work on: of one axis, or of every axis but channels. */
export function marginArguments(what: string) {
  return {
    before: count(`places ${what} at the start: above and to the left`, { minimum: 0 }),
    after: count(`places ${what} at the end: below and to the right`, {
      minimum: 0,
      default: (earlier) => earlier.before as number,
      defaultText: "before",
    }),
    axis: optional(axisWord("only along this axis"), "every axis but channels"),
  } as const;
}

/** Places before and after each axis; a misfit where there is no such axis. */
export function marginsOf(
  input: Shape,
  args: { readonly before: number; readonly after: number; readonly axis: string | null },
): readonly (readonly [number, number])[] | Misfit {
  const only = args.axis === null ? null : axisIndex(args.axis, input);
  if (args.axis !== null && only === null) return noSuchAxis(args.axis, input);
  const concerned = (axis: number) => (only === null ? axis < input.length - 1 : axis === only);
  return input.map((_, axis) => (concerned(axis) ? [args.before, args.after] : [0, 0]));
}
