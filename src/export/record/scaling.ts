import { unreachable } from "../../base/invariant.js";
import type { DataProgram, ScaleProgram } from "../../program/types.js";
import type { GraphBuilder } from "./builder.js";
import type { Value } from "./graph.js";

/**
 * Whether a graph begins with the dataset's scaling and so takes 8-bit values as they are stored: the numbers that are
 * most easily forgotten travel with the weights. Only images have such values; other samples are taken as the model
 * sees them.
 */
export function takesRawImages(data: DataProgram): boolean {
  return data.sample.kind === "image" && !estimated(data.scale);
}

/** Raw 8-bit values as the model was trained on them: one factor and one summand a channel. */
export function scaled(graph: GraphBuilder, raw: Value, { scale }: DataProgram): Value {
  const channels = raw.shape[raw.shape.length - 1] ?? 1;
  const maps = Array.from({ length: channels }, (_, channel) => channelMap(scale, channel));
  const constant = (name: string, values: readonly number[]) =>
    graph.number(name, [channels], Float32Array.from(values));
  const product = graph.binary(
    "mul",
    raw,
    constant(
      "factor",
      maps.map(({ factor }) => factor / 255),
    ),
  );
  if (maps.every(({ summand }) => summand === 0)) return product;
  return graph.binary(
    "add",
    product,
    constant(
      "summand",
      maps.map(({ summand }) => summand),
    ),
  );
}

/** Of a share of 255: value = factor · share + summand. */
function channelMap(scale: ScaleProgram | null, channel: number): { factor: number; summand: number } {
  if (scale === null) return { factor: 1, summand: 0 };
  switch (scale.kind) {
    case "standard": {
      const of = (numbers: readonly number[]) => (numbers.length === 1 ? numbers[0] : numbers[channel]) ?? 0;
      const std = of(scale.std);
      return { factor: 1 / std, summand: -of(scale.mean) / std };
    }
    case "range":
      return { factor: scale.high - scale.low, summand: scale.low };
    default:
      return unreachable(scale);
  }
}

/** Scaled by what was measured on data, which the program does not hold. */
function estimated(scale: ScaleProgram | null): boolean {
  return scale?.kind === "range" && scale.per !== undefined;
}
