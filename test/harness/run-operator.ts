import { engine, keep, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { EagerContext } from "../../src/engine/executors/eager/context.js";
import { DropoutMasks } from "../../src/engine/masks.js";
import { operands, operators } from "../../src/language/operators/index.js";
import type { AttributeValue } from "../../src/program/types.js";
import type { Values } from "./numeric.js";

export interface OperatorRun {
  readonly operator: string;
  /** Those that are not at their defaults. */
  readonly args?: Readonly<Record<string, AttributeValue>>;
  /** With the batch first. */
  readonly inputs: readonly Values[];
  readonly tensors?: Readonly<Record<string, Values>>;
  /** Filled places of each sample of the first input. */
  readonly lengths?: readonly number[];
  /** What flows back into the output. */
  readonly upstream: Values;
  readonly samples?: number;
}

export interface OperatorResult {
  readonly output: Values;
  readonly inputGradients: readonly (Values | null)[];
  readonly tensorGradients: Readonly<Record<string, Values | null>>;
}

/**
 * Runs one operator of the language in training on the current library, with the shapes its own rule infers, and gives
 * what it computes and the gradients of Σ output · upstream. Inputs count as learned unless they are whole numbers
 * (tokens).
 */
export function runOperator(run: OperatorRun): OperatorResult {
  const operator = operators.get(run.operator);
  if (operator === undefined) throw new Error(`no operator ${run.operator}`);
  const args: Record<string, AttributeValue> = {};
  for (const [name, spec] of Object.entries(operator.arguments)) {
    const fallback = typeof spec.default === "function" ? spec.default(args) : spec.default;
    args[name] = run.args?.[name] ?? (fallback as AttributeValue);
  }
  const shapes = run.inputs.map(({ shape }) => shape.slice(1));
  const inferred = operator.infer({ inputs: operands(shapes), args });
  if ("code" in inferred) throw new Error(inferred.message("layer"));
  const expected = inferred.tensors.map(({ name, shape }) => `${name} [${shape.join()}]`);
  const given = Object.entries(run.tensors ?? {}).map(([name, { shape }]) => `${name} [${shape.join()}]`);
  if (expected.join("; ") !== given.join("; "))
    throw new Error(`${run.operator} has the tensors ${expected.join("; ")}, given are ${given.join("; ")}`);

  let found: OperatorResult | undefined;
  tidy(() => {
    const inputs = run.inputs.map(asTensor);
    const tensors = Object.fromEntries(
      Object.entries(run.tensors ?? {}).map(([name, value]) => [name, asTensor(value)]),
    );
    const moving = [...inputs, ...Object.values(tensors)];
    let output: Tensor | undefined;
    const { grads } = engine().gradients(
      () => {
        const context = new LearningContext(inputs, run.samples ?? run.inputs[0]?.shape[0] ?? 1);
        context.enter({
          address: "layer",
          tensor: (name) => tensors[name] as Tensor,
          report: () => {},
          frozen: false,
          masks: new DropoutMasks(1, "layer"),
          step: 0,
        });
        const [first] = inputs;
        if (run.lengths !== undefined && first !== undefined)
          context.setLengths(first, Int32Array.from(run.lengths));
        const made = operator.forward(context, operands(inputs), args, inferred);
        output = keep(made as Tensor);
        return output;
      },
      moving,
      asTensor(run.upstream),
      true,
    );
    const result = output as unknown as Tensor;
    // Undefined at run time where no path leads from a value to the output.
    const gradients = grads.map((gradient) => (gradient ? asValues(gradient) : null));
    const names = Object.keys(tensors);
    found = {
      output: asValues(result),
      inputGradients: gradients.slice(0, inputs.length),
      tensorGradients: Object.fromEntries(
        names.map((name, i) => [name, gradients[inputs.length + i] ?? null]),
      ),
    };
    result.dispose();
  });
  if (found === undefined) throw new Error("nothing ran");
  return found;
}

/** A context to which inputs that are no tokens look like the outputs of a layer with parameters. */
class LearningContext extends EagerContext {
  constructor(inputs: readonly Tensor[], samples: number) {
    super("train", samples);
    for (const input of inputs) if (!input.dataSync().every(Number.isInteger)) this.learned.add(input);
  }
}

export function asTensor({ shape, data }: Values): Tensor {
  return tensor(Float32Array.from(data), [...shape], "float32");
}

export function asValues(x: Tensor): Values {
  return { shape: [...x.shape], data: Float64Array.from(x.dataSync()) };
}
