import { evaluationBatches, type Split } from "../data/index.js";
import {
  addMetricSums,
  type Batch,
  type Executor,
  metricValues,
  type Predictions,
  wholeSplitValues,
} from "../engine/index.js";
import type { MetricProgram } from "../program/types.js";

export interface SplitResult {
  /** Means over the split, `loss` included. */
  readonly metrics: { readonly loss: number; readonly [metric: string]: number };
  readonly samples: number;
  readonly seconds: number;
}

export interface EvaluationOptions {
  readonly batch: number;
  /** Name of the model's input. */
  readonly input: string;
  /** Those that need the outputs of the whole split are measured only if they are named here. */
  readonly metrics?: readonly MetricProgram[];
  /** Called between batches with the samples done; may throw to end the evaluation. */
  readonly between?: (done: number) => void;
}

/** Loss and metrics of the executor's present weights over a whole split. Changes nothing. */
export async function evaluateSplit(
  executor: Executor,
  split: Split,
  options: EvaluationOptions,
): Promise<SplitResult> {
  const begin = performance.now();
  const sums = { samples: 0, loss: 0, weight: 0, metrics: {} as Record<string, number> };
  const collected: { readonly batch: Batch; readonly outputs: Float32Array }[] = [];
  for await (const batch of evaluationBatches(split, options.batch, { input: options.input })) {
    const outcome = await executor.evaluate(batch);
    sums.samples += outcome.samples;
    sums.loss += outcome.lossSum;
    sums.weight += outcome.lossWeight ?? outcome.samples;
    addMetricSums(sums.metrics, outcome.metricSums);
    if (outcome.outputs !== undefined) collected.push({ batch, outputs: outcome.outputs });
    options.between?.(sums.samples);
    await new Promise(setImmediate);
  }
  const metrics = {
    loss: sums.loss / sums.weight,
    ...metricValues(sums.metrics, sums.samples),
    ...(collected.length > 0 ? wholeSplitValues(options.metrics ?? [], joined(collected)) : {}),
  };
  return { metrics, samples: sums.samples, seconds: (performance.now() - begin) / 1000 };
}

/** The predictions of all batches, one after another. */
function joined(parts: readonly { readonly batch: Batch; readonly outputs: Float32Array }[]): Predictions {
  const samples = parts.reduce((total, { batch }) => total + batch.size, 0);
  const outputs = new Float32Array(parts.reduce((total, part) => total + part.outputs.length, 0));
  const labels = new Int32Array(parts.reduce((total, { batch }) => total + batch.labels.length, 0));
  const targets = new Float32Array(
    parts.reduce((total, { batch }) => total + (batch.targets?.length ?? 0), 0),
  );
  const at = { outputs: 0, labels: 0, targets: 0 };
  for (const { batch, outputs: own } of parts) {
    outputs.set(own, at.outputs);
    labels.set(batch.labels, at.labels);
    if (batch.targets !== undefined) targets.set(batch.targets, at.targets);
    at.outputs += own.length;
    at.labels += batch.labels.length;
    at.targets += batch.targets?.length ?? 0;
  }
  return { samples, outputs, width: outputs.length / samples, labels, targets };
}
