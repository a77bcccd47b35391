import type { PoolAttributes } from "../../../kinds/pool.js";
import type { Pair } from "../../../ops/sliding.js";
import { text, type, wholes } from "../attributes.js";
import type { Lower, Lowering } from "../values.js";
import { channelsLast } from "./conv.js";

function window({ size, stride }: PoolAttributes) {
  return {
    T: type("float32"),
    ksize: wholes([1, size, size, 1]),
    strides: wholes([1, stride, stride, 1]),
    padding: text("VALID"),
    data_format: channelsLast,
  };
}

/** An image with a margin. */
function surrounded(l: Lowering, x: string, padding: number, value: number): string {
  if (padding === 0) return x;
  const sides = [padding, padding] as const;
  return l.writer.pad(x, [[0, 0], sides, sides, [0, 0]], value);
}

/** An image's gradient without its margin's. */
function inside(l: Lowering, dx: string, padding: number, shape: readonly number[]): string {
  return padding === 0 ? dx : l.writer.slice(dx, [0, padding, padding, 0], shape);
}

const lowest = Number.NEGATIVE_INFINITY;

const maxPoolGrad: Lower = (l) => {
  const attributes = l.attributes<PoolAttributes>();
  const x = surrounded(l, l.input(1), attributes.padding, lowest);
  const made = l.writer.node("MaxPoolGrad", [x, l.input(2), l.input(0)], window(attributes));
  l.output(0, inside(l, made, attributes.padding, l.outputShape()));
};

const avgPoolGrad: Lower = (l) => {
  const { extent, ...attributes } = l.attributes<PoolAttributes & { readonly extent: Pair }>();
  const { padding } = attributes;
  const [batch = 1, , , channels = 1] = l.shape(0);
  const padded = [batch, extent[0] + 2 * padding, extent[1] + 2 * padding, channels];
  const made = l.writer.node("AvgPoolGrad", [l.writer.sizes(padded), l.input(0)], window(attributes));
  l.output(0, inside(l, made, padding, l.outputShape()));
};

export const pools: Readonly<Record<string, Lower>> = {
  "lerac.MaxPool": (l) => {
    const attributes = l.attributes<PoolAttributes>();
    const x = surrounded(l, l.input(0), attributes.padding, lowest);
    l.output(0, l.writer.node("MaxPool", [x], window(attributes)));
  },
  "lerac.MaxPoolGrad": maxPoolGrad,
  "lerac.AvgPool": (l) => {
    const attributes = l.attributes<PoolAttributes>();
    const x = surrounded(l, l.input(0), attributes.padding, 0);
    l.output(0, l.writer.node("AvgPool", [x], window(attributes)));
  },
  "lerac.AvgPoolGrad": avgPoolGrad,
};
