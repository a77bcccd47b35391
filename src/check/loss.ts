import type { LossEntry } from "../language/losses/index.js";
import type { MetricEntry } from "../language/metrics/index.js";
import type { LossProgram, MetricProgram } from "../program/types.js";
import type { CheckedCall } from "./calls.js";

/** The loss that a checked call names. */
export function readLoss(call: CheckedCall<LossEntry>): LossProgram {
  const { entry, values } = call;
  return { kind: entry.name, ...values } as LossProgram;
}

/** The metric that a checked call names; its arguments are part of its name. */
export function readMetric(call: CheckedCall<MetricEntry>): MetricProgram {
  const { entry, values } = call;
  switch (entry.name) {
    case "top":
      return { kind: "top", name: `top(${values.k})`, k: values.k as number };
    case "map": {
      const [low, high] = values.overlap as readonly [number, number];
      const overlap = low === high ? `${low}` : `${low}..${high}`;
      return { kind: "map", name: `map(${overlap})`, overlap: [low, high] };
    }
    default:
      return { kind: entry.name, name: entry.name } as MetricProgram;
  }
}

/** The metrics written, or the default for what the loss compares. */
export function metricsInForce(
  written: readonly CheckedCall<MetricEntry>[],
  loss: LossEntry,
): readonly MetricProgram[] {
  if (written.length > 0) return written.map(readMetric);
  switch (loss.target) {
    case "class":
      return [{ kind: "accuracy", name: "accuracy" }];
    case "number":
      return [{ kind: "mae", name: "mae" }];
    case "boxes":
      return [{ kind: "map", name: "map(0.5)", overlap: [0.5, 0.5] }];
  }
}
