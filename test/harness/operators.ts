import type { Tensor } from "@tensorflow/tfjs-core";
import { EagerContext } from "../../src/engine/executors/eager/context.js";
import { DropoutMasks } from "../../src/engine/masks.js";
import type { BatchStatistics } from "../../src/engine/ops/batch_norm.js";
import { concat, reshape } from "../../src/engine/ops/join.js";
import type { ForwardContext } from "../../src/language/forward.js";
import {
  type Inferred,
  isMisfit,
  type Misfit,
  type Operator,
  operands,
  operators,
  type Shape,
} from "../../src/language/operators/index.js";

export type Arguments = Readonly<Record<string, unknown>>;

/** An operator of the language by name. */
export function operatorNamed(name: string): Operator {
  const operator = operators.get(name);
  if (operator === undefined) throw new Error(`no operator ${name}`);
  return operator;
}

/** All arguments of an operator, defaults filled in. */
export function complete(operator: Operator, given: Arguments): Arguments {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(operator.arguments)) {
    const fallback = typeof spec.default === "function" ? spec.default(values) : spec.default;
    values[name] = Object.hasOwn(given, name) ? given[name] : fallback;
    if (values[name] === undefined) throw new Error(`${operator.name} needs ${name}`);
  }
  return values;
}

/** What an operator says of inputs and arguments: its shape rule with defaults filled in. */
export function inferred(name: string, inputs: readonly Shape[], given: Arguments = {}): Inferred | Misfit {
  const operator = operatorNamed(name);
  return operator.infer({ inputs: operands(inputs), args: complete(operator, given) });
}

/** The same where the operator fits. */
export function fitting(name: string, inputs: readonly Shape[], given: Arguments = {}): Inferred {
  const result = inferred(name, inputs, given);
  if (isMisfit(result)) throw new Error(`${name}: ${result.message(name)} (${result.label})`);
  return result;
}

/** Runs an operator's forward pass in a vocabulary; streams one after another. */
export function forward<T>(
  context: ForwardContext<T>,
  name: string,
  given: Arguments,
  inputs: readonly T[],
  shapes: readonly Shape[],
): readonly T[] {
  const operator = operatorNamed(name);
  const { output } = fitting(name, shapes, given);
  const result = operator.forward(context, operands(inputs), complete(operator, given), { output });
  return Array.isArray(result) ? result : [result as T];
}

/** A context whose inputs can be declared to depend on parameters, as what stands above in a net does. */
class OpenContext extends EagerContext {
  enters(input: Tensor): Tensor {
    return this.learns(input);
  }
}

export interface EagerCall {
  readonly phase?: "train" | "evaluate";
  readonly tensors?: ReadonlyMap<string, Tensor>;
  readonly seed?: number;
  readonly step?: number;
  readonly report?: (statistics: BatchStatistics, momentum: number) => void;
  /** Filled places of each sample of the first input. */
  readonly lengths?: readonly number[];
}

/** Runs an operator on TensorFlow.js tensors, as the executor does, with gradients to its inputs. */
export function eagerForward(
  name: string,
  given: Arguments,
  inputs: readonly Tensor[],
  call: EagerCall = {},
): readonly Tensor[] {
  const context = new OpenContext(call.phase ?? "train", inputs[0]?.shape[0] ?? 1);
  context.enter({
    address: name,
    tensor: (tensorName) => {
      const tensor = call.tensors?.get(tensorName);
      if (tensor === undefined) throw new Error(`${name} asks for ${tensorName}`);
      return tensor;
    },
    report: call.report ?? (() => {}),
    frozen: false,
    masks: new DropoutMasks(call.seed ?? 1, name),
    step: call.step ?? 0,
  });
  for (const input of inputs) context.enters(input);
  const [first] = inputs;
  if (call.lengths !== undefined && first !== undefined)
    context.setLengths(first, Int32Array.from(call.lengths));
  const shapes = inputs.map((input) => input.shape.slice(1));
  return forward<Tensor>(context, name, given, inputs, shapes);
}

/** All values of several tensors in one row. */
export function inOneRow(tensors: readonly Tensor[]): Tensor {
  return concat(tensors.map((tensor) => reshape(tensor, [tensor.size])));
}
