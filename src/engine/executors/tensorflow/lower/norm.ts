import { invariant } from "../../../../base/invariant.js";
import { flag, float, type } from "../attributes.js";
import type { Lower, Lowering } from "../values.js";
import { channelsLast } from "./conv.js";

function attributes(eps: number, training: boolean) {
  return {
    T: type("float32"),
    U: type("float32"),
    epsilon: float(eps),
    data_format: channelsLast,
    is_training: flag(training),
  };
}

/** TensorFlow normalises images: other values as images of one place a row. */
function asImage(shape: readonly number[]): readonly number[] {
  const rows = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  return shape.length === 4 ? shape : [rows, 1, 1, shape.at(-1) ?? 1];
}

function inImage(l: Lowering, x: string, shape: readonly number[]): string {
  return shape.length === 4 ? x : l.writer.reshape(x, asImage(shape));
}

function outOfImage(l: Lowering, x: string, shape: readonly number[]): string {
  return shape.length === 4 ? x : l.writer.reshape(x, shape);
}

/** 1 / sqrt(variance + eps). */
function inverseDeviation(l: Lowering, variance: string, eps: number): string {
  return l.writer.unary("Rsqrt", l.writer.add(variance, l.writer.scalar(eps)));
}

const batchNorm: Lower = (l) => {
  const { writer: w } = l;
  const { eps } = l.attributes<{ readonly eps: number }>();
  const shape = l.shape(0);
  const count = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  const x = inImage(l, l.input(0), shape);
  const none = w.constant(new Float32Array(0), [0]);
  const made = w.node("FusedBatchNormV3", [x, l.input(1), l.input(2), none, none], {
    ...attributes(eps, true),
    exponential_avg_factor: float(1),
  });
  // TensorFlow gives the unbiased variance; a batch of one place has none, and TensorFlow says 0 as well.
  const biased = () => w.mul(`${made}:2`, w.scalar((count - 1) / count));
  l.output(0, outOfImage(l, made, shape));
  l.output(1, () => w.sub(l.input(0), `${made}:1`));
  l.output(2, () => inverseDeviation(l, biased(), eps));
  l.output(3, `${made}:1`);
  l.output(4, biased);
  l.notes.norms.set(l.outputId(1), { x, reserved: [3, 4, 5].map((index) => `${made}:${index}`), eps });
};

const batchNormGrad: Lower = (l) => {
  const { writer: w } = l;
  const forward = l.notes.norms.get(l.id(1));
  invariant(forward, "the gradient of a batch norm without its forward pass");
  const shape = l.shape(0);
  const inputs = [inImage(l, l.input(0), shape), forward.x, l.input(3), ...forward.reserved];
  const made = w.node("FusedBatchNormGradV3", inputs, attributes(forward.eps, true));
  l.output(0, outOfImage(l, made, shape));
  l.output(1, `${made}:1`);
  l.output(2, `${made}:2`);
};

const batchNormWith: Lower = (l) => {
  const { writer: w } = l;
  const { eps } = l.attributes<{ readonly eps: number }>();
  const shape = l.shape(0);
  const [weight, bias, mean, variance] = [1, 2, 3, 4].map((index) => l.input(index)) as [
    string,
    string,
    string,
    string,
  ];
  const inputs = [inImage(l, l.input(0), shape), weight, bias, mean, variance];
  l.output(0, outOfImage(l, w.node("FusedBatchNormV3", inputs, attributes(eps, false)), shape));
  l.output(1, () => w.sub(l.input(0), mean));
  l.output(2, () => inverseDeviation(l, variance, eps));
};

/** dy, centred, scale, weight; formulas: `ops/batch_norm.ts`. */
const batchNormWithGrad: Lower = (l) => {
  const { writer: w } = l;
  const [dy, centred, scale, weight] = l.inputs() as [string, string, string, string];
  const axes = l
    .shape(0)
    .slice(0, -1)
    .map((_, axis) => axis);
  l.output(0, w.mul(dy, w.mul(weight, scale)));
  l.output(1, w.mul(w.reduce("Sum", w.mul(dy, centred), axes), scale));
  l.output(2, w.reduce("Sum", dy, axes));
};

export const norms: Readonly<Record<string, Lower>> = {
  "lerac.BatchNorm": batchNorm,
  "lerac.BatchNormGrad": batchNormGrad,
  "lerac.BatchNormWith": batchNormWith,
  "lerac.BatchNormWithGrad": batchNormWithGrad,
  "lerac.Moved": (l) => {
    const { keep, take } = l.attributes<{ readonly keep: number; readonly take: number }>();
    const { writer: w } = l;
    l.output(0, w.add(w.mul(l.input(0), w.scalar(keep)), w.mul(l.input(1), w.scalar(take))));
  },
};
