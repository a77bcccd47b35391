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
  /** All of it while one batch is trained on as one compiled graph; see `estimateMemory`. */
  readonly compiledStep: number;
  /** The same operation by operation, where there is no compiled step for the model. */
  readonly step: number;
}

const bytesPerNumber = 4;

/**
 * How many numbers training operation by operation holds, at the worst moment of a step, for each number in a layer's
 * output: the value itself, what the layer keeps for its gradient, intermediate results, and the gradients that flow
 * back; all of it until the step is over. Measured with TensorFlow.js's own count of bytes: 5.9 for the small CNN of
 * `examples/01-fashion.lerac` (batch 64), 6.5 for a ResNet of 35 layers (batches 16 and 32).
 */
export const copiesPerActivation = 6;

/**
 * The same for a compiled step, which lets go of a value behind its last use, and keeps few: the graphs of convolutional
 * nets hold 0.6 to 1.1 at their worst moment. The rest is the runtime's, which rounds pieces up and keeps them. Measured
 * on onnxruntime as growth of the process from batch to batch: 0.7 for ResNet-18, 1.0 for WRN-52-2, 1.4 to 2.1 for the CNN
 * of `specs/quickstart.lerac`.
 */
export const compiledCopiesPerActivation = 1.2;

/**
 * Copies of each weight that a compiled step holds: two sets that change places, the runtime's own results, gradient,
 * change, and first values. And those of each number that the optimizer remembers. Measured on onnxruntime with ResNet-18:
 * 6.0 for sgd, 10.3 for sgd with momentum, 13.0 for adam, in numbers a weight.
 */
export const compiledCopiesPerWeight = 6;
export const compiledCopiesPerSlot = 4;

/**
 * The memory of a training step, operation by operation and compiled:
 *
 *     step         = 4 · (P + 2·T + S·T) + 4 · 6 · B · A
 *     compiledStep = 4 · (6·P + 4·S·T)   + 4 · 1.2 · B · A
 *
 * with P numbers in all tensors, T of them trainable (once as gradient, once as change), S numbers of optimizer state
 * for each, B samples a batch, A numbers in the outputs of all layers and the input, and the factors above. Estimates for
 * convolutional nets: the first within a tenth of what TensorFlow.js counted, the second within a third of what a process
 * with onnxruntime grew by (`docs/performance.md`). Operators that hold more than their output (attention's scores) are
 * underestimated. The process itself (Node.js, runtime, data in memory: from 140 MB) comes on top, and so do the graphs
 * of evaluation and of a smaller last batch.
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
    compiledStep: Math.round(
      bytesPerNumber *
        (compiledCopiesPerWeight * numbers +
          compiledCopiesPerSlot * state +
          compiledCopiesPerActivation * train.batch * activations),
    ),
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
