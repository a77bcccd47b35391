import type { Tensor } from "@tensorflow/tfjs-core";

/** What a recurrence hands from place to place, each [B, H]. `memory` is LSTM's. */
export interface State {
  readonly hidden: Tensor;
  readonly memory: Tensor | null;
}

/** Null where nothing comes that way. */
export interface StateGradient {
  readonly hidden: Tensor | null;
  readonly memory: Tensor | null;
}

/**
 * One step of a recurrence, given the projections of input and state, [B, gates · H] each. The products themselves and
 * what hangs on weights are the recurrence's.
 */
export interface Cell {
  readonly gates: number;
  readonly hasMemory: boolean;
  forward(
    input: Tensor,
    product: Tensor,
    before: State,
  ): { readonly after: State; readonly saved: readonly Tensor[] };
  /**
   * From the gradients of the state after the step to those of what entered; that of `before` without the part which
   * comes through `product`.
   */
  backward(
    dAfter: State,
    saved: readonly Tensor[],
    before: State,
  ): { readonly dInput: Tensor; readonly dProduct: Tensor; readonly dBefore: StateGradient };
}
