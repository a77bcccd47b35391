import type { OptimizerProgram, TrainingProgram } from "../program/types.js";

/** What one training step needs, in bytes. All numbers are 32-bit floats. */
export interface MemoryEstimate {
  /** Outputs of all layers for one sample, and the sample itself. */
  readonly activationsPerSample: number;
  /** Weights, and statistics such as the running means of batch norm. */
  readonly parameters: number;
  /** One number a trainable number. */
  readonly gradients: number;
  /** What the optimizer remembers of earlier steps. */
  readonly optimizerState: number;
  /** All of it while one batch is trained on; see `estimateMemory`. */
  readonly step: number;
}

const bytesPerNumber = 4;

/**
 * How many numbers the executor holds, at the worst moment of a step, for each number in a layer's output: the value
 * itself, what the layer keeps for its gradient, intermediate results, and the gradients that flow back. Measured with
 * TensorFlow.js's own count of bytes: 5.9 for the small CNN of `examples/01-fashion.lerac` (batch 64), 6.5 for a
 * ResNet of 35 layers (batches 16 and 32).
 */
export const copiesPerActivation = 6;

/**
 * The memory of a training step:
 *
 *     step = 4 · (P + 2·T + S·T) + 4 · 6 · B · A
 *
 * with P numbers in all tensors, T of them trainable (once as gradient, once as change), S numbers of optimizer state
 * for each, B samples a batch, A numbers in the outputs of all layers and the input, and 6 as `copiesPerActivation`.
 * An estimate: within a tenth of what was measured for convolutional nets; operators that hold more than their output
 * (attention's scores) are underestimated. The process itself (Node.js, data in memory) comes on top.
 */
export function estimateMemory(program: TrainingProgram): MemoryEstimate {
  const { model, train } = program;
  const tensors = model.layers.flatMap((layer) => layer.tensors);
  const numbers = sum(tensors.map((tensor) => product(tensor.shape)));
  const trainable = sum(tensors.map((tensor) => (tensor.trainable ? product(tensor.shape) : 0)));
  const activations =
    sum(model.layers.flatMap((layer) => (layer.outputs ?? [layer.output]).map(product))) +
    sum(model.inputs.map((input) => product(input.shape)));
  const state = stateNumbers(train.optimizer) * trainable;
  return {
    activationsPerSample: bytesPerNumber * activations,
    parameters: bytesPerNumber * numbers,
    gradients: bytesPerNumber * trainable,
    optimizerState: bytesPerNumber * state,
    step:
      bytesPerNumber * (numbers + 2 * trainable + state + copiesPerActivation * train.batch * activations),
  };
}

/** Numbers that an optimizer remembers for each trainable number. */
function stateNumbers(optimizer: OptimizerProgram): number {
  switch (optimizer.kind) {
    case "sgd":
      return optimizer.momentum > 0 ? 1 : 0;
    case "adagrad":
      return 1;
    case "rmsprop":
      return 1 + (optimizer.momentum > 0 ? 1 : 0) + (optimizer.centered ? 1 : 0);
    default:
      return 2;
  }
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
