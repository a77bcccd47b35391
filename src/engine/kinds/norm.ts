import { normalised, normalisedGradient, scaledBy, scaledByGradient } from "../ops/batch_norm.js";
import { add, mul } from "../tfjs.js";
import { f32, type Kind, kind, operand, same, tensorAt } from "./kind.js";

/** dy, centred, scale, weight → dx, dweight, dbias. */
const inferGradient: Kind["infer"] = (inputs) => {
  const { shape } = operand(inputs, 0);
  const channels = shape.at(-1) ?? 1;
  same(shape, operand(inputs, 1).shape, "dy and x");
  for (const index of [2, 3]) same(operand(inputs, index).shape, [channels], "numbers a channel");
  return [f32(...shape), f32(channels), f32(channels)];
};

export const normKinds = [
  /** x, weight, bias → output, x − mean, 1 / sqrt(variance + eps), mean, biased variance: the batch's own, a channel. */
  kind<{ readonly eps: number }>({
    name: "lerac.BatchNorm",
    attributes: ["eps"],
    infer(inputs) {
      const { shape } = operand(inputs, 0);
      const channels = shape.at(-1) ?? 1;
      for (const index of [1, 2]) same(operand(inputs, index).shape, [channels], "numbers a channel");
      return [f32(...shape), f32(...shape), f32(channels), f32(channels), f32(channels)];
    },
    reference(inputs, { eps }) {
      const done = normalised(tensorAt(inputs, 0), tensorAt(inputs, 1), tensorAt(inputs, 2), eps);
      const { output, centred, scale, mean, variance } = done;
      return [output, centred, scale, mean, variance];
    },
  }),
  kind({
    name: "lerac.BatchNormGrad",
    attributes: [],
    infer: inferGradient,
    reference: (inputs) =>
      normalisedGradient(tensorAt(inputs, 0), tensorAt(inputs, 1), tensorAt(inputs, 2), tensorAt(inputs, 3)),
  }),
  /** x, weight, bias, mean, variance → output, x − mean, 1 / sqrt(variance + eps): given statistics. */
  kind<{ readonly eps: number }>({
    name: "lerac.BatchNormWith",
    attributes: ["eps"],
    infer(inputs) {
      const { shape } = operand(inputs, 0);
      const channels = shape.at(-1) ?? 1;
      for (const index of [1, 2, 3, 4]) same(operand(inputs, index).shape, [channels], "numbers a channel");
      return [f32(...shape), f32(...shape), f32(channels)];
    },
    reference(inputs, { eps }) {
      const running = { mean: tensorAt(inputs, 3), variance: tensorAt(inputs, 4) };
      const x = tensorAt(inputs, 0);
      const { output, centred, scale } = scaledBy(x, tensorAt(inputs, 1), tensorAt(inputs, 2), running, eps);
      return [output, centred, scale];
    },
  }),
  kind({
    name: "lerac.BatchNormWithGrad",
    attributes: [],
    infer: inferGradient,
    reference: (inputs) =>
      scaledByGradient(tensorAt(inputs, 0), tensorAt(inputs, 1), tensorAt(inputs, 2), tensorAt(inputs, 3)),
  }),
  /** keep · old + take · now: a running statistic after one more batch. */
  kind<{ readonly keep: number; readonly take: number }>({
    name: "lerac.Moved",
    attributes: ["keep", "take"],
    elementwise: true,
    infer(inputs) {
      const { shape } = operand(inputs, 0);
      same(shape, operand(inputs, 1).shape, "old and new statistics");
      return [f32(...shape)];
    },
    reference: (inputs, { keep, take }) => [
      add(mul(tensorAt(inputs, 0), keep), mul(tensorAt(inputs, 1), take)),
    ],
  }),
];
