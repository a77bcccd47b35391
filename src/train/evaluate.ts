import { openDataset } from "../data/index.js";
import { fail } from "../diagnostics/index.js";
import type { Run } from "../runs/index.js";
import { chooseCheckpoint } from "./choose-checkpoint.js";
import { evaluateSplit, type SplitResult } from "./evaluate-split.js";
import { writeCheckpoint } from "./restore.js";
import { type ExecutorLoader, inputName, openExecutor, readRunProgram, vocabularyOf } from "./run-program.js";

export interface EvaluateOptions {
  readonly split: "train" | "val" | "test";
  /** The kept one (the last where the spec keeps the last), the newest, or one by name. */
  readonly checkpoint: "best" | "last" | (string & {});
  /** That of the run when left out. */
  readonly backend?: string;
  readonly device?: string;
  /** Where the data lie now, when not where the run found them: an absolute path. */
  readonly data?: string;
  readonly between?: (done: number, total: number) => void;
  readonly load?: ExecutorLoader;
}

export interface RunEvaluation extends SplitResult {
  readonly split: string;
  /** Name of the checkpoint measured, and the completed steps behind it. */
  readonly checkpoint: string;
  readonly step: number;
}

/**
 * Measures a checkpoint of a run on a split of its data; a run that is being trained is not disturbed.
 * @throws LeracError L0714 when there is no such checkpoint, L0718 when the spec has no such split, and as
 *   `loadCheckpoint`, `openDataset` and `loadExecutor`.
 */
export async function evaluateRun(run: Run, options: EvaluateOptions): Promise<RunEvaluation> {
  const program = readRunProgram(run);
  const checkpoint = await chooseCheckpoint(run, options.checkpoint);
  const vocabulary = vocabularyOf(run, program);
  const dataset = await openDataset(program.data, {
    folder: options.data ?? run.record.options.data,
    fold: run.record.fold,
    ...(vocabulary === null ? {} : { vocabulary }),
  });
  try {
    const split = dataset[options.split];
    if (split === null)
      throw fail("missing", "L0718", `the spec has no \`${options.split}\` split`, {
        at: { place: "--split" },
        helps: [`it has ${(["train", "val", "test"] as const).filter((name) => dataset[name]).join(", ")}`],
      });
    const executor = await openExecutor(run.record, program, options.load, options);
    try {
      await writeCheckpoint(executor, checkpoint);
      const result = await evaluateSplit(executor, split, {
        batch: program.train.batch,
        input: inputName(program),
        metrics: program.train.metrics,
        between: (done) => options.between?.(done, split.size),
      });
      const { step } = checkpoint.state.progress;
      return { ...result, split: split.name, checkpoint: checkpoint.name, step };
    } finally {
      executor.dispose();
    }
  } finally {
    await dataset.close();
  }
}
