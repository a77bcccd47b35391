import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, mul, neg, rsqrt, square, sub } from "../tfjs.js";
import { sumByChannel, valuesPerChannel, withChannels } from "./channels.js";
import { composite, savedAt } from "./composite.js";

/** Statistics of one batch, a number for each channel. */
export interface BatchStatistics {
  readonly mean: Tensor;
  /** Biased: divided by the number of values. */
  readonly variance: Tensor;
  /** Values per channel. */
  readonly count: number;
}

/**
 * Batch normalisation in training (Ioffe and Szegedy 2015, Alg. 1): weight · (x − μ) / sqrt(σ² + eps) + bias with the
 * batch's mean and biased variance, over all axes but the last.
 *
 * @param report is given the statistics while they live; it keeps what it needs (`keep`)
 */
export function batchNormTrain(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  eps: number,
  report: (statistics: BatchStatistics) => void,
): Tensor {
  return composite(
    [x, weight, bias],
    () => {
      const { output, centred, scale, ...statistics } = normalised(x, weight, bias, eps);
      report(statistics);
      return { output, saved: [centred, scale, weight] };
    },
    (dy, saved) => normalisedGradient(dy, savedAt(saved, 0), savedAt(saved, 1), savedAt(saved, 2)),
  );
}

/** Batch normalisation with the batch's own statistics, not differentiated; `centred` is x − μ, `scale` 1 / sqrt(σ² + eps). */
export function normalised(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  eps: number,
): BatchStatistics & { readonly output: Tensor; readonly centred: Tensor; readonly scale: Tensor } {
  const count = valuesPerChannel(x);
  const mean = div(sumByChannel(x), count);
  const centred = withChannels(sub, x, mean);
  const variance = div(sumByChannel(square(centred)), count);
  const scale = rsqrt(add(variance, eps));
  const output = withChannels(add, withChannels(mul, centred, mul(weight, scale)), bias);
  return { output, mean, variance, count, centred, scale };
}

/** What reaches x, weight and bias when dy comes back from `normalised`. */
export function normalisedGradient(dy: Tensor, centred: Tensor, scale: Tensor, gain: Tensor): Tensor[] {
  const count = valuesPerChannel(dy);
  // With x̂ = centred · scale: dx = gain · scale · (dy − mean(dy) − x̂ · mean(dy · x̂)), mean and variance depending
  // on x as well (same paper, section 3).
  const dBias = sumByChannel(dy);
  const dWeight = mul(sumByChannel(mul(dy, centred)), scale);
  const slope = mul(gain, scale);
  const along = neg(div(mul(mul(slope, scale), dWeight), count));
  const shift = neg(div(mul(slope, dBias), count));
  const dx = withChannels(add, add(withChannels(mul, dy, slope), withChannels(mul, centred, along)), shift);
  return [dx, dWeight, dBias];
}

/**
 * Batch normalisation of a frozen layer in training: with the running statistics, which stay as they are, so that what
 * follows sees what it will see in evaluation. Gradients pass through to what lies before.
 */
export function batchNormFrozen(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  running: { readonly mean: Tensor; readonly variance: Tensor },
  eps: number,
): Tensor {
  return composite(
    [x, weight, bias],
    () => {
      const { output, centred, scale } = scaledBy(x, weight, bias, running, eps);
      return { output, saved: [centred, scale, weight] };
    },
    (dy, saved) => scaledByGradient(dy, savedAt(saved, 0), savedAt(saved, 1), savedAt(saved, 2)),
  );
}

/** Batch normalisation with given statistics, not differentiated. */
export function scaledBy(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  { mean, variance }: { readonly mean: Tensor; readonly variance: Tensor },
  eps: number,
): { readonly output: Tensor; readonly centred: Tensor; readonly scale: Tensor } {
  const centred = withChannels(sub, x, mean);
  const scale = rsqrt(add(variance, eps));
  const output = withChannels(add, withChannels(mul, centred, mul(weight, scale)), bias);
  return { output, centred, scale };
}

/** What reaches x, weight and bias when dy comes back from `scaledBy`. */
export function scaledByGradient(dy: Tensor, centred: Tensor, scale: Tensor, gain: Tensor): Tensor[] {
  const dWeight = mul(sumByChannel(mul(dy, centred)), scale);
  return [withChannels(mul, dy, mul(gain, scale)), dWeight, sumByChannel(dy)];
}

/** Batch normalisation with given statistics: what evaluation does. Not differentiated. */
export function batchNormEvaluate(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  mean: Tensor,
  variance: Tensor,
  eps: number,
): Tensor {
  const scale = mul(weight, rsqrt(add(variance, eps)));
  const shift = sub(bias, mul(mean, scale));
  return withChannels(add, withChannels(mul, x, scale), shift);
}

/**
 * A running statistic after one more batch (PyTorch: the running variance takes the unbiased one). A batch with a
 * single value per channel has no unbiased variance; its biased one, 0, is taken.
 *
 * @param momentum the share of the old value that stays
 */
export function movedStatistics(
  running: { readonly mean: Tensor; readonly variance: Tensor },
  batch: BatchStatistics,
  momentum: number,
): { mean: Tensor; variance: Tensor } {
  const unbiased = batch.count / Math.max(1, batch.count - 1);
  const move = (old: Tensor, now: Tensor, factor: number) =>
    add(mul(old, momentum), mul(now, (1 - momentum) * factor));
  return {
    mean: move(running.mean, batch.mean, 1),
    variance: move(running.variance, batch.variance, unbiased),
  };
}
