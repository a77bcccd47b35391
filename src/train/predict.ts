import { openInputs } from "../data/index.js";
import type { LossProgram, TrainingProgram } from "../program/types.js";
import type { Run } from "../runs/index.js";
import { chooseCheckpoint } from "./choose-checkpoint.js";
import { writeCheckpoint } from "./restore.js";
import { type ExecutorLoader, inputName, openExecutor, readRunProgram, vocabularyOf } from "./run-program.js";

export interface PredictOptions {
  /** Files and folders as they were named. */
  readonly inputs: readonly string[];
  /** Reads what `-` stands for among the inputs. */
  readonly stdin: () => Promise<string>;
  readonly checkpoint: "best" | "last" | (string & {});
  /** Samples at once; that of training when left out. */
  readonly batch?: number;
  /** That of the run when left out. */
  readonly backend?: string;
  readonly device?: string;
  readonly load?: ExecutorLoader;
}

export interface Predictions {
  readonly program: TrainingProgram;
  readonly checkpoint: string;
  /** What every sample is called, in order. */
  readonly names: readonly string[];
  /**
   * Sample after sample the probability of each class, or the numbers that the model gives where numbers were learned.
   * Read to the end, or not at all.
   */
  outputs(): AsyncGenerator<Float64Array, void>;
}

/**
 * What a checkpoint of a run makes of samples without labels.
 * @throws LeracError as `chooseCheckpoint`, `openInputs` and `loadExecutor`
 */
export async function predictInputs(run: Run, options: PredictOptions): Promise<Predictions> {
  const program = readRunProgram(run);
  const vocabulary = vocabularyOf(run, program);
  const inputs = await openInputs(program.data, options.inputs, { vocabulary, stdin: options.stdin });
  const checkpoint = await chooseCheckpoint(run, options.checkpoint);
  const { loss, batch } = program.train;
  const numbers = program.data.classes === null;
  return {
    program,
    checkpoint: checkpoint.name,
    names: inputs.names,
    async *outputs() {
      const executor = await openExecutor(run.record, program, options.load, options);
      try {
        await writeCheckpoint(executor, checkpoint);
        for await (const group of inputs.batches(options.batch ?? batch, inputName(program))) {
          const outputs = await executor.predict(group);
          const width = outputs.length / group.size;
          for (let i = 0; i < group.size; i++) {
            const own = outputs.subarray(i * width, (i + 1) * width);
            yield numbers ? Float64Array.from(own) : probabilitiesOf(own, loss.kind);
          }
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
