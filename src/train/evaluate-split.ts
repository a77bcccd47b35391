import { evaluationBatches, type Split } from "../data/index.js";
import type { Executor } from "../engine/executor.js";
import { means } from "./progress.js";

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
  const sums = { samples: 0, lossSum: 0, metricSums: {} as Record<string, number> };
  for await (const batch of evaluationBatches(split, options.batch, { input: options.input })) {
    const outcome = await executor.evaluate(batch);
    sums.samples += outcome.samples;
    sums.lossSum += outcome.lossSum;
    for (const [name, sum] of Object.entries(outcome.metricSums))
      sums.metricSums[name] = (sums.metricSums[name] ?? 0) + sum;
    options.between?.(sums.samples);
    await new Promise(setImmediate);
  }
  return { metrics: means(sums), samples: sums.samples, seconds: (performance.now() - begin) / 1000 };
}
