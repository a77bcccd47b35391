import type { Lower, Lowering } from "../values.js";

/** (x − mean) · (weight · scale) + bias, with numbers a channel. */
function scaled(l: Lowering, centred: string, scale: string): string {
  const { writer } = l;
  const layout = l.layout(0);
  const rank = l.shape(0).length;
  const slope = l.perChannel(writer.mul(l.input(1), scale), rank, layout);
  return writer.add(writer.mul(centred, slope), l.perChannel(l.input(2), rank, layout));
}

function inverseDeviation(l: Lowering, variance: string): string {
  const { eps } = l.attributes<{ readonly eps: number }>();
  const { writer } = l;
  return writer.node("Reciprocal", [writer.node("Sqrt", [writer.add(variance, writer.scalar(eps))])]);
}

const batchNorm: Lower = (l) => {
  const { writer } = l;
  const layout = l.layout(0);
  const rank = l.shape(0).length;
  const axes = l.allButChannels(rank, layout);
  const x = l.input(0, layout);
  const mean = writer.reduce("ReduceMean", x, axes);
  const centred = writer.sub(x, l.perChannel(mean, rank, layout));
  const variance = writer.reduce("ReduceMean", writer.mul(centred, centred), axes);
  const scale = inverseDeviation(l, variance);
  l.output(0, scaled(l, centred, scale), layout);
  l.output(1, centred, layout);
  [scale, mean, variance].forEach((name, i) => {
    l.output(2 + i, name);
  });
};

const batchNormWith: Lower = (l) => {
  const layout = l.layout(0);
  const centred = l.writer.sub(l.input(0, layout), l.perChannel(l.input(3), l.shape(0).length, layout));
  const scale = inverseDeviation(l, l.input(4));
  l.output(0, scaled(l, centred, scale), layout);
  l.output(1, centred, layout);
  l.output(2, scale);
};

/** dy, centred, scale, weight; formulas: `ops/batch_norm.ts`. */
function gradients(l: Lowering, own: boolean): void {
  const { writer } = l;
  const layout = l.layout(0, 1);
  const shape = l.shape(0);
  const rank = shape.length;
  const axes = l.allButChannels(rank, layout);
  const count = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  const [dy, centred] = [l.input(0, layout), l.input(1, layout)];
  const [scale, weight] = [l.input(2), l.input(3)];
  const channels = (vector: string) => l.perChannel(vector, rank, layout);
  const dBias = writer.reduce("ReduceSum", dy, axes);
  const dWeight = writer.mul(writer.reduce("ReduceSum", writer.mul(dy, centred), axes), scale);
  const slope = writer.mul(weight, scale);
  let dx = writer.mul(dy, channels(slope));
  if (own) {
    const share = writer.scalar(-1 / count);
    const along = writer.mul(writer.mul(writer.mul(slope, scale), dWeight), share);
    const shift = writer.mul(writer.mul(slope, dBias), share);
    dx = writer.add(writer.add(dx, writer.mul(centred, channels(along))), channels(shift));
  }
  l.output(0, dx, layout);
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
