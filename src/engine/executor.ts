/**
 * The door to everything that executes a compiled training step. Names of tensors are addresses (`conv1.weight`);
 * optimizer slots follow as `ADDRESS/SLOT` (`conv1.weight/momentum`). Values cross as float32 in the layout of the
 * program (channels last, HWIO kernels), whatever an executor keeps inside.
 */
export interface Executor {
  readonly info: BackendInfo;
  /**
   * Sets the window of the rate plan: `rows[i][j]` is the rate of level j at step `base + i`. A step outside of the
   * window is a fault of the caller.
   */
  writePlan(base: number, rows: readonly Float32Array[]): void;
  /** One optimizer step on one batch. Resolves when the new weights are in place. */
  step(batch: Batch, options?: StepOptions): Promise<StepOutcome>;
  /** Loss and metrics of a batch with running statistics and without dropout. Changes nothing. */
  evaluate(batch: Batch): Promise<EvaluationOutcome>;
  /** Output of the last layer for a batch, row by row (logits). Changes nothing. */
  predict(batch: Batch): Promise<Float32Array>;
  /** Copies of tensors (all when `names` is left out), slots and statistics included. */
  read(names?: readonly string[]): Promise<Map<string, NamedTensor>>;
  /** Sets tensors; unknown names and wrong sizes are faults of the caller (files are checked before). */
  write(tensors: ReadonlyMap<string, NamedTensor>): Promise<void>;
  /** Number of steps done; part of what a checkpoint restores. */
  stepsDone: number;
  /** Live tensors of the backend, for leak checks; null where unknown. */
  tensorCount(): number | null;
  dispose(): void;
}

export interface BackendInfo {
  /** `tensorflow`, `onnx` or `eager`. */
  readonly executor: string;
  /** The tfjs backend or library underneath: `wasm`, `cpu`, `tensorflow`. */
  readonly library: string;
  readonly version: string;
  readonly device: string;
  readonly threads: number;
  /** Why this one and not a faster one; empty when the fastest loaded. */
  readonly remark: string;
}

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** One batch. All samples have one shape. */
export interface Batch {
  readonly size: number;
  /** By input name; row-major, `size` samples one after another. The shape has the batch first. */
  readonly inputs: ReadonlyMap<string, BatchInput>;
  /** Class of each sample; empty where the target is a number. */
  readonly labels: Int32Array;
  /** The numbers to be met, one (or as many as the model has outputs) a sample, where the target is no class. */
  readonly targets?: Float32Array;
}

export interface BatchInput {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /**
   * Of `tokens`: how many places of each sample are filled, from the first on; the others are padding, which attention,
   * recurrence and means leave out. Left out, all are filled.
   */
  readonly lengths?: Int32Array;
}

export interface StepOptions {
  /**
   * Whether the norms and ratios of levels are wanted; yes when left out. Where they take operations of their own, as
   * on WebAssembly, they are up to a tenth of the step of a small net. An executor that has them anyway gives them.
   */
  readonly measure?: boolean;
}

export interface StepOutcome {
  /** Mean loss over the batch. */
  readonly loss: number;
  /**
   * What metrics are made of, summed over the batch: add them up with `addMetricSums`, read them with `metricValues`.
   * Metrics that need a whole split at once have none.
   */
  readonly metricSums: Readonly<Record<string, number>>;
  readonly samples: number;
  /** The rates the updates consumed, one a level: compared with the plan bit for bit. */
  readonly applied: Float32Array;
  /** Euclidean norm of the gradient of each level's tensors; empty for a step that was not to be measured. */
  readonly gradNorm: Float32Array;
  /** Norm of the update over norm of the weights, for each level; empty as `gradNorm`. */
  readonly updateRatio: Float32Array;
}

export interface EvaluationOutcome {
  readonly lossSum: number;
  /** What the mean loss divides by: the sum of class weights where the loss has them, `samples` when left out. */
  readonly lossWeight?: number;
  /** As in `StepOutcome`. */
  readonly metricSums: Readonly<Record<string, number>>;
  readonly samples: number;
  /** The outputs, row by row; there where a metric needs those of the whole split (`wholeSplitValues`). */
  readonly outputs?: Float32Array;
}
