import type { GraphBuilder } from "./builder.js";
import { anySize, sizeOf, type Value } from "./graph.js";

/** Each row of channels to mean 0 and variance 1, then weight · x + bias. */
export function layerNorm(g: GraphBuilder, x: Value, weight: Value, bias: Value, eps: number): Value {
  const rows = standardised(g, x, [x.shape.length - 1], eps);
  return g.binary("add", g.binary("mul", rows, weight), bias);
}

/** The same over all positions of a sample and a group of neighbouring channels at once. */
export function groupNorm(
  g: GraphBuilder,
  x: Value,
  weight: Value,
  bias: Value,
  { groups, eps }: { readonly groups: number; readonly eps: number },
): Value {
  const channels = x.shape[x.shape.length - 1] ?? 1;
  const places = sizeOf(x.shape) / channels;
  const apart = g.reshape(x, [anySize, places, groups, channels / groups]);
  const together = g.reshape(standardised(g, apart, [1, 3], eps), x.shape);
  return g.binary("add", g.binary("mul", together, weight), bias);
}

/** weight · x / sqrt(mean(x²) + eps) over the last axis. */
export function rmsNorm(g: GraphBuilder, x: Value, weight: Value, eps: number): Value {
  const power = g.reduce("mean", g.binary("mul", x, x), [x.shape.length - 1], true);
  const scale = g.unary("rsqrt", g.binary("add", power, eps));
  return g.binary("mul", g.binary("mul", x, scale), weight);
}

function standardised(g: GraphBuilder, x: Value, axes: readonly number[], eps: number): Value {
  const centred = g.binary("sub", x, g.reduce("mean", x, axes, true));
  const variance = g.reduce("mean", g.binary("mul", centred, centred), axes, true);
  return g.binary("mul", centred, g.unary("rsqrt", g.binary("add", variance, eps)));
}
