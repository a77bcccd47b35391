import type { Lower, Lowering } from "../values.js";
import { Channels } from "./channels.js";

function inverseDeviation(l: Lowering, variance: string): string {
  const { eps } = l.attributes<{ readonly eps: number }>();
  const { writer } = l;
  return writer.node("Reciprocal", [writer.node("Sqrt", [writer.add(variance, writer.scalar(eps))])]);
}

/** x, weight, bias → (x − mean) · (weight · scale) + bias. */
const batchNorm: Lower = (l) => {
  const { writer } = l;
  const layout = l.layout(0);
  const channels = new Channels(l, layout, l.shape(0));
  const share = writer.scalar(1 / channels.count);
  const x = l.input(0, layout);
  const mean = writer.mul(channels.sums(x), share);
  const centred = channels.shifted(x, writer.node("Neg", [mean]));
  const variance = writer.mul(channels.sums(centred, "ReduceSumSquare"), share);
  const scale = inverseDeviation(l, variance);
  l.output(0, channels.scaled(centred, writer.mul(l.input(1), scale), l.input(2)), layout);
  l.output(1, centred, layout);
  [scale, mean, variance].forEach((name, i) => {
    l.output(2 + i, name);
  });
};

const batchNormWith: Lower = (l) => {
  const layout = l.layout(0);
  const channels = new Channels(l, layout, l.shape(0));
  const centred = channels.shifted(l.input(0, layout), l.writer.node("Neg", [l.input(3)]));
  const scale = inverseDeviation(l, l.input(4));
  l.output(0, channels.scaled(centred, l.writer.mul(l.input(1), scale), l.input(2)), layout);
  l.output(1, centred, layout);
  l.output(2, scale);
};

/** dy, centred, scale, weight; formulas: `ops/batch_norm.ts`. */
function gradients(l: Lowering, own: boolean): void {
  const { writer } = l;
  const layout = l.layout(0, 1);
  const channels = new Channels(l, layout, l.shape(0));
  const [dy, centred] = [l.input(0, layout), l.input(1, layout)];
  const [scale, weight] = [l.input(2), l.input(3)];
  const dBias = channels.sums(dy);
  const dWeight = writer.mul(channels.sums(writer.mul(dy, centred)), scale);
  const slope = writer.mul(weight, scale);
  if (own) {
    const share = writer.scalar(-1 / channels.count);
    const along = writer.mul(writer.mul(writer.mul(slope, scale), dWeight), share);
    const shift = writer.mul(writer.mul(slope, dBias), share);
    const first = channels.scaled(dy, slope, shift);
    l.output(0, channels.scaled(centred, along, null, first), layout);
  } else {
    l.output(0, channels.scaled(dy, slope, null), layout);
  }
  l.output(1, dWeight);
  l.output(2, dBias);
}

const moved: Lower = (l) => {
  const { keep, take } = l.attributes<{ readonly keep: number; readonly take: number }>();
  const { writer } = l;
  const old = writer.mul(l.input(0), writer.scalar(keep));
  l.output(0, writer.add(old, writer.mul(l.input(1), writer.scalar(take))));
};

export const norms: Readonly<Record<string, Lower>> = {
  "lerac.BatchNorm": batchNorm,
  "lerac.BatchNormGrad": (l) => gradients(l, true),
  "lerac.BatchNormWith": batchNormWith,
  "lerac.BatchNormWithGrad": (l) => gradients(l, false),
  "lerac.Moved": moved,
};
