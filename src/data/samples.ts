import type { BatchInput } from "../engine/executor.js";

/** What random transforms draw under. */
export interface Augmentation {
  /** The run's seed. */
  readonly seed: number;
  /** From 0. */
  readonly epoch: number;
}

/** The samples of one split on their way to the model, wherever they are kept. */
export interface Samples {
  readonly size: number;
  /**
   * The named samples (0 to size − 1), one after another, as inputs of the model: fresh arrays that may be transferred.
   *
   * @param input name of the model's input, where the samples fill just one
   * @param augment null for samples that are measured: nothing random happens to them
   */
  inputs(
    samples: Uint32Array,
    input: string,
    augment: Augmentation | null,
  ): Promise<ReadonlyMap<string, BatchInput>>;
  /** Gives the memory back; reading is a fault from then on. */
  release(): void;
}
