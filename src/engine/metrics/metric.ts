/** Outputs of the last layer for a batch (or a whole split), and what they are compared with. All row by row. */
export interface Predictions {
  readonly samples: number;
  /** `samples` rows of `width` numbers. */
  readonly outputs: Float32Array;
  readonly width: number;
  /** Class of each sample; empty where the target is numbers. */
  readonly labels: Int32Array;
  /** Numbers to be met, as many as outputs; empty where the target is a class. */
  readonly targets: Float32Array;
}

/**
 * How a metric is counted, in two halves: sums that may be added up over batches, and the value that they give. The
 * names of the sums start with the metric's own, so that sums of all metrics lie in one flat record, which checkpoints
 * keep.
 */
export interface Metric {
  sums(predictions: Predictions): Record<string, number>;
  /** @param sum added up over all batches, 0 where it never occurred; @param samples of all batches */
  value(sum: (name: string) => number, samples: number, names: readonly string[]): number;
}
