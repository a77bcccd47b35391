import type { Tensor } from "@tensorflow/tfjs-core";
import { add, mean, mul, rsqrt, square, sub } from "../tfjs.js";
import { sumByChannel, withChannels } from "./channels.js";
import { composite, savedAt } from "./composite.js";
import { reshape, transpose } from "./join.js";

/** Layer normalisation (Ba et al. 2016) over the last axis, biased variance: weight · x̂ + bias. */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor, eps: number): Tensor {
  const channels = x.shape[x.rank - 1] ?? 1;
  const rows = standardised(reshape(x, [x.size / channels, channels]), eps);
  return affine(reshape(rows, x.shape), weight, bias);
}

/** Group normalisation (Wu and He 2018): one row of numbers for each sample and group of neighbouring channels. */
export function groupNorm(x: Tensor, weight: Tensor, bias: Tensor, groups: number, eps: number): Tensor {
  const batch = x.shape[0] ?? 1;
  const channels = x.shape[x.rank - 1] ?? 1;
  const places = x.size / (batch * channels);
  const share = channels / groups;
  const apart = transpose(reshape(x, [batch, places, groups, share]), [0, 2, 1, 3]);
  const rows = standardised(reshape(apart, [batch * groups, places * share]), eps);
  const together = transpose(reshape(rows, [batch, groups, places, share]), [0, 2, 1, 3]);
  return affine(reshape(together, x.shape), weight, bias);
}

/** Root mean square normalisation (Zhang and Sennrich 2019) over the last axis. */
export function rmsNorm(x: Tensor, weight: Tensor, eps: number): Tensor {
  const channels = x.shape[x.rank - 1] ?? 1;
  const rows = toUnitPower(reshape(x, [x.size / channels, channels]), eps);
  return affine(reshape(rows, x.shape), weight, null);
}

/** Each row of [R, n] to mean 0 and variance 1. */
function standardised(rows: Tensor, eps: number): Tensor {
  return unit(rows, eps, true);
}

/** Each row of [R, n] divided by the root of its mean square. */
function toUnitPower(rows: Tensor, eps: number): Tensor {
  return unit(rows, eps, false);
}

function unit(rows: Tensor, eps: number, centred: boolean): Tensor {
  return composite(
    [rows],
    () => {
      const [y, scale] = unitRows(rows, eps, centred);
      return { output: y, saved: [y, scale] };
    },
    (dy, saved) => [unitRowsGradient(dy, savedAt(saved, 0), savedAt(saved, 1), centred)],
  );
}

/** Rows [R, n], to mean 0 where `centred`, then to mean square 1; and 1 / sqrt(mean square + eps) [R, 1]. */
export function unitRows(rows: Tensor, eps: number, centred: boolean): readonly [Tensor, Tensor] {
  const around = centred ? sub(rows, mean(rows, 1, true)) : rows;
  const scale = rsqrt(add(mean(square(around), 1, true), eps));
  return [mul(around, scale), scale];
}

/** dx = scale · (dy − mean(dy) − y · mean(dy · y)): the mean (where `centred`) and the scale depend on x as well. */
export function unitRowsGradient(dy: Tensor, y: Tensor, scale: Tensor, centred: boolean): Tensor {
  const along = mul(y, mean(mul(dy, y), 1, true));
  return mul(scale, sub(centred ? sub(dy, mean(dy, 1, true)) : dy, along));
}

/** weight · x (+ bias), one of each a channel. */
function affine(x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  return composite(
    [x, weight, ...(bias ? [bias] : [])],
    () => {
      const scaled = withChannels(mul, x, weight);
      return { output: bias ? withChannels(add, scaled, bias) : scaled, saved: [x, weight] };
    },
    (dy, saved) => [
      withChannels(mul, dy, savedAt(saved, 1)),
      sumByChannel(mul(dy, savedAt(saved, 0))),
      ...(bias ? [sumByChannel(dy)] : []),
    ],
  );
}
