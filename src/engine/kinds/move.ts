import { concat, pad, slice, split, sum, transpose } from "../tfjs.js";
import { f32, kind, operand, same, tensorAt } from "./kind.js";

export type AxesAttributes = { readonly axes: readonly number[] };
/** Places before and after each axis. */
export type PadAttributes = {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly value: number;
};
export type SliceAttributes = { readonly start: readonly number[]; readonly size: readonly number[] };

export type SplitAttributes = { readonly axis: number; readonly sizes: readonly number[] };

export const moveKinds = [
  /** Axis i of the result is axis `axes[i]` of x. */
  kind<AxesAttributes>({
    name: "lerac.Transpose",
    attributes: ["axes"],
    infer(inputs, { axes }) {
      const { shape } = operand(inputs, 0);
      same(
        axes.toSorted((a, b) => a - b),
        [...shape.keys()],
        "axes",
      );
      return [f32(...axes.map((axis) => shape[axis] ?? 1))];
    },
    reference: (inputs, { axes }) => [transpose(tensorAt(inputs, 0), [...axes])],
  }),
  /** Side by side along an axis; the other axes are equal. */
  kind<{ readonly axis: number }>({
    name: "lerac.Concat",
    attributes: ["axis"],
    infer(inputs, { axis }) {
      const [first, ...others] = inputs.map((_, i) => operand(inputs, i).shape);
      const rest = (shape: readonly number[] = []) => shape.toSpliced(axis, 1);
      for (const shape of others) same(rest(first), rest(shape), "all axes but one");
      const width = inputs.reduce((total, { shape }) => total + (shape[axis] ?? 0), 0);
      return [f32(...(first ?? []).with(axis, width))];
    },
    reference: (inputs, { axis }) => [concat([...inputs], axis)],
  }),
  kind<PadAttributes>({
    name: "lerac.Pad",
    attributes: ["before", "after", "value"],
    infer(inputs, { before, after }) {
      return [f32(...operand(inputs, 0).shape.map((size, i) => size + (before[i] ?? 0) + (after[i] ?? 0)))];
    },
    reference: (inputs, { before, after, value }) => [
      pad(
        tensorAt(inputs, 0),
        before.map((places, i): [number, number] => [places, after[i] ?? 0]),
        value,
      ),
    ],
  }),
  /** The part of x from `start` on, of the size given. */
  kind<SliceAttributes>({
    name: "lerac.Slice",
    attributes: ["start", "size"],
    infer(inputs, { start, size }) {
      const { shape } = operand(inputs, 0);
      if (shape.some((extent, i) => (start[i] ?? 0) + (size[i] ?? 0) > extent))
        throw new Error(`[${size}] from [${start}] is not within [${shape}]`);
      return [f32(...size)];
    },
    reference: (inputs, { start, size }) => [slice(tensorAt(inputs, 0), [...start], [...size])],
  }),
  /** Parts of x along an axis, of the sizes given, which are all of it. */
  kind<SplitAttributes>({
    name: "lerac.Split",
    attributes: ["axis", "sizes"],
    infer(inputs, { axis, sizes }) {
      const { shape } = operand(inputs, 0);
      same([sizes.reduce((sum, size) => sum + size, 0)], [shape[axis] ?? 0], "parts and whole");
      return sizes.map((size) => f32(...shape.with(axis, size)));
    },
    reference: (inputs, { axis, sizes }) => split(tensorAt(inputs, 0), [...sizes], axis),
  }),
  /** Sums over some axes, which become 1. */
  kind<AxesAttributes>({
    name: "lerac.SumOver",
    attributes: ["axes"],
    infer: (inputs, { axes }) => [
      f32(...operand(inputs, 0).shape.map((size, axis) => (axes.includes(axis) ? 1 : size))),
    ],
    reference: (inputs, { axes }) => [sum(tensorAt(inputs, 0), [...axes], true)],
  }),
];
