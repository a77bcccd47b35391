import type { Tensor } from "@tensorflow/tfjs-core";

/** What one tensor's update needs. */
export interface UpdateInput {
  readonly weight: Tensor;
  readonly gradient: Tensor;
  /** The rule's slots of this tensor, in the order of `Optimizer.slots`. */
  readonly slots: readonly Tensor[];
  /** The rate of the tensor's own level, a float32. */
  readonly rate: number;
  /** Number of this step, from 1. */
  readonly step: number;
}

/** An update rule. It holds no state: slots are kept by the executor, by address. */
export interface Optimizer {
  /** Names of the tensors kept beside each weight, of its shape: `momentum`. */
  readonly slots: readonly string[];
  /** What slots start at; 0 when left out. */
  readonly start?: number;
  /** `change` is subtracted from the weight; `slots` are the new ones. */
  update(input: UpdateInput): { readonly change: Tensor; readonly slots: readonly Tensor[] };
}
