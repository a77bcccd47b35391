import type { PoolAttributes } from "../../../kinds/pool.js";
import type { Pair } from "../../../ops/sliding.js";
import type { Lower } from "../values.js";
import { maxPoolGrad, window } from "./max-pool-grad.js";

const maxPool: Lower = (l) => {
  if (l.layout(0) !== "blocked")
    return l.output(0, l.writer.node("MaxPool", [l.input(0, "first")], window(l)), "first");
  l.output(
    0,
    l.writer.blocked("MaxPool", [l.input(0, "blocked")], { ...window(l), dilations: [1, 1] }),
    "blocked",
  );
};

const avgPool: Lower = (l) => {
  const attributes = { ...window(l), count_include_pad: 1 };
  if (l.layout(0) === "blocked") {
    const { size, padding } = l.attributes<PoolAttributes>();
    const [, height, width] = l.shape(0);
    const whole = padding === 0 && size === height && size === width;
    const made = whole
      ? l.writer.blocked("GlobalAveragePool", [l.input(0, "blocked")])
      : l.writer.blocked("AveragePool", [l.input(0, "blocked")], { ...attributes, dilations: [1, 1] });
    return l.output(0, made, "blocked");
  }
  l.output(0, l.writer.node("AveragePool", [l.input(0, "first")], attributes), "first");
};

const avgPoolGrad: Lower = (l) => {
  const { writer } = l;
  const { size, stride, padding, extent } = l.attributes<PoolAttributes & { readonly extent: Pair }>();
  const [batch = 1, rows = 1, columns = 1, channels = 1] = l.shape(0);
  const dy = l.input(0, "first");
  if (rows * columns === 1 && padding === 0 && extent[0] === size && extent[1] === size) {
    const share = writer.mul(dy, writer.scalar(1 / size ** 2));
    l.output(0, writer.node("Expand", [share, writer.wholes([batch, channels, ...extent])]), "first");
    return;
  }
  const kernel = new Float32Array(channels * size * size).fill(1 / size ** 2);
  const rest = ([rows, columns] as const).map(
    (places, axis) => (extent[axis as 0 | 1] ?? 1) + 2 * padding - size - (places - 1) * stride,
  );
  const weights = writer.constant("float32", [channels, 1, size, size], kernel);
  const attributes = { ...window(l), group: channels, output_padding: rest };
  l.output(0, writer.node("ConvTranspose", [dy, weights], attributes), "first");
};

export const pools: Readonly<Record<string, Lower>> = {
  "lerac.MaxPool": maxPool,
  "lerac.MaxPoolGrad": maxPoolGrad,
  "lerac.AvgPool": avgPool,
  "lerac.AvgPoolGrad": avgPoolGrad,
};
