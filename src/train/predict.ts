import { openInputs } from "../data/index.js";
import type { LossProgram, TrainingProgram } from "../program/types.js";
import type { Run } from "../runs/index.js";
import { chooseCheckpoint } from "./choose-checkpoint.js";
import { writeCheckpoint } from "./restore.js";
import { type ExecutorLoader, inputName, openExecutor, readRunProgram } from "./run-program.js";

export interface PredictOptions {
  /** Files and folders as they were named. */
  readonly inputs: readonly string[];
  readonly checkpoint: "best" | "last" | (string & {});
  /** Samples at once; that of training when left out. */
  readonly batch?: number;
  /** That of the run when left out. */
  readonly backend?: string;
  readonly load?: ExecutorLoader;
}

export interface Predictions {
  readonly program: TrainingProgram;
  readonly checkpoint: string;
  /** What every sample is called, in order. */
  readonly names: readonly string[];
  /** The probability of each class, sample after sample. Read to the end, or not at all. */
  probabilities(): AsyncGenerator<Float64Array, void>;
}

/**
 * What a checkpoint of a run makes of samples without labels.
 * @throws LeracError as `chooseCheckpoint`, `openInputs` and `loadExecutor`
 */
export async function predictInputs(run: Run, options: PredictOptions): Promise<Predictions> {
  const program = readRunProgram(run);
  const inputs = await openInputs(program.data, options.inputs);
  const checkpoint = await chooseCheckpoint(run, options.checkpoint);
  const { loss, batch } = program.train;
  return {
    program,
    checkpoint: checkpoint.name,
    names: inputs.names,
    async *probabilities() {
      const executor = await openExecutor(run.record, program, options.load, options.backend);
      try {
        await writeCheckpoint(executor, checkpoint);
        for await (const group of inputs.batches(options.batch ?? batch, inputName(program))) {
          const outputs = await executor.predict(group);
          const width = outputs.length / group.size;
          for (let i = 0; i < group.size; i++)
            yield probabilitiesOf(outputs.subarray(i * width, (i + 1) * width), loss.kind);
        }
      } finally {
        executor.dispose();
      }
    },
  };
}

/**
 * From the last layer's numbers to probabilities, by the function that the loss trained them with: softmax, or for `bce`
 * the sigmoid of each; its single output is the logit of class 1 of two.
 */
export function probabilitiesOf(logits: ArrayLike<number>, loss: LossProgram["kind"]): Float64Array {
  const values = Float64Array.from(logits);
  if (loss === "bce") {
    const each = values.map((value) => 1 / (1 + Math.exp(-value)));
    const [only = 0] = each;
    return each.length === 1 ? Float64Array.of(1 - only, only) : each;
  }
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = values.map((value) => Math.exp(value - largest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}
