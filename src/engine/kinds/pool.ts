import { asImages } from "../ops/composite.js";
import { largest, maxPoolGradient, means, meansGradient } from "../ops/pool.js";
import type { Pair } from "../ops/sliding.js";
import { f32, kind, same, sizes, tensorAt } from "./kind.js";

export type PoolAttributes = { readonly size: number; readonly stride: number; readonly padding: number };

const window = ["size", "stride", "padding"] as const;

function pooled(extent: number, { size, stride, padding }: PoolAttributes): number {
  return Math.floor((extent + 2 * padding - size) / stride) + 1;
}

const square = ({ size, stride, padding }: PoolAttributes) =>
  ({ size: [size, size], stride, padding }) as const;

export const poolKinds = [
  /** The largest value of every window; padding counts as minus infinity. */
  kind<PoolAttributes>({
    name: "lerac.MaxPool",
    attributes: [...window],
    infer(inputs, attributes) {
      const [batch, height, width, channels] = sizes(inputs, 0, 4);
      return [f32(batch, pooled(height, attributes), pooled(width, attributes), channels)];
    },
    reference: (inputs, attributes) => [largest(asImages(tensorAt(inputs, 0)), square(attributes))],
  }),
  /** dy, x, y: each dy goes to the first position of its window that holds the maximum. */
  kind<PoolAttributes>({
    name: "lerac.MaxPoolGrad",
    attributes: [...window],
    infer(inputs) {
      same(sizes(inputs, 0, 4), sizes(inputs, 2, 4), "dy and y");
      return [f32(...sizes(inputs, 1, 4))];
    },
    reference: (inputs, attributes) => [
      maxPoolGradient(
        asImages(tensorAt(inputs, 0)),
        asImages(tensorAt(inputs, 1)),
        asImages(tensorAt(inputs, 2)),
        square(attributes),
      ),
    ],
  }),
  /** The mean of every window; padding counts as zeros, and is counted. */
  kind<PoolAttributes>({
    name: "lerac.AvgPool",
    attributes: [...window],
    infer(inputs, attributes) {
      const [batch, height, width, channels] = sizes(inputs, 0, 4);
      return [f32(batch, pooled(height, attributes), pooled(width, attributes), channels)];
    },
    reference: (inputs, attributes) => [means(asImages(tensorAt(inputs, 0)), attributes)],
  }),
  /** What reaches an input of `extent` rows and columns. */
  kind<PoolAttributes & { readonly extent: Pair }>({
    name: "lerac.AvgPoolGrad",
    attributes: [...window, "extent"],
    infer(inputs, { extent }) {
      const [batch, , , channels] = sizes(inputs, 0, 4);
      return [f32(batch, extent[0], extent[1], channels)];
    },
    reference: (inputs, attributes) => [
      meansGradient(asImages(tensorAt(inputs, 0)), attributes.extent, attributes),
    ],
  }),
];
