import { boolean, count } from "../arguments.js";
import type { ForwardContext } from "../forward.js";
import { type Misfit, type Shape, shapeText, type TensorSpec } from "./operator.js";

/** Arguments of `lstm` and `gru`. */
export const recurrentArguments = {
  units: count("size of the state"),
  layers: count("so many on top of each other, each with its own tensors", { default: 1, maximum: 64 }),
  bidirectional: boolean("a second recurrence from the end to the start; both states side by side", {
    default: false,
  }),
  sequence: boolean("gives the state at every place, not only after the last", { default: false }),
  recurrent_bias: boolean("a second bias, added to the product with the state (PyTorch's bias_hh)", {
    default: false,
  }),
};

export interface RecurrentValues {
  readonly units: number;
  readonly layers: number;
  readonly bidirectional: boolean;
  readonly sequence: boolean;
  readonly recurrent_bias: boolean;
}

/** What stands before the names of one recurrence's tensors: "", `backward.`, `1.`, `1.forward.` */
function prefixes({ layers, bidirectional }: RecurrentValues): readonly (readonly string[])[] {
  return Array.from({ length: layers }, (_, layer) => {
    const own = layers === 1 ? "" : `${layer}.`;
    return bidirectional ? [`${own}forward.`, `${own}backward.`] : [own];
  });
}

/** Shape and tensors of a recurrence with so many gates. */
export function inferRecurrent(name: string, gates: number, input: Shape, args: RecurrentValues) {
  if (input.length !== 2) return needsSequence(name, input);
  const [length, features] = input as [number, number];
  const { units, bidirectional, sequence } = args;
  const directions = bidirectional ? 2 : 1;
  const tensors: TensorSpec[] = [];
  let multiplyAdds = 0;
  prefixes(args).forEach((layer, depth) => {
    const entering = depth === 0 ? features : directions * units;
    for (const prefix of layer) {
      const random = (tensor: string, rows: number): TensorSpec => ({
        name: `${prefix}${tensor}`,
        shape: [rows, gates * units],
        trainable: true,
        // Every gate is a matrix of its own.
        init: { kind: "random", fanIn: rows, fanOut: units },
      });
      const bias = (tensor: string): TensorSpec => ({
        name: `${prefix}${tensor}`,
        shape: [gates * units],
        trainable: true,
        init: { kind: "constant", value: 0 },
      });
      tensors.push(random("input", entering), random("recurrent", units), bias("bias"));
      if (args.recurrent_bias) tensors.push(bias("recurrent_bias"));
      multiplyAdds += length * gates * units * (entering + units);
    }
  });
  const state = directions * units;
  return { output: sequence ? [length, state] : [state], tensors, multiplyAdds, title: `${name} ${units}` };
}

/** All layers and directions; the states of one layer enter the next. */
export function runRecurrent<T>(c: ForwardContext<T>, cell: "lstm" | "gru", x: T, args: RecurrentValues): T {
  let states = x;
  const layers = prefixes(args);
  layers.forEach((directions, depth) => {
    const whole = args.sequence || depth < layers.length - 1;
    const entering = states;
    const parts = directions.map((prefix, direction) => {
      const reverse = direction === 1;
      const own = c.recurrence(entering, {
        cell,
        input: c.tensor(`${prefix}input`),
        recurrent: c.tensor(`${prefix}recurrent`),
        bias: c.tensor(`${prefix}bias`),
        recurrentBias: args.recurrent_bias ? c.tensor(`${prefix}recurrent_bias`) : null,
        reverse,
        lengthsOf: x,
      });
      return whole ? own : c.finalState(own, { reverse, lengthsOf: x });
    });
    const [only] = parts;
    states = parts.length === 1 && only !== undefined ? only : c.concat(parts);
  });
  return states;
}

/** The common misfit: an operator for sequences was given something else. */
export function needsSequence(name: string, shape: Shape): Misfit {
  return {
    code: "L0232",
    message: (layer) => `\`${layer}\` needs a sequence but is given ${shapeText(shape)}`,
    label: `${name} takes [length, channels]`,
    inputLabel: `gives ${shapeText(shape)}`,
    helps:
      shape.length === 3
        ? [`put \`tokens\` above \`${name}\`: it makes a sequence of an image`]
        : [`put \`embedding\` above \`${name}\` where the input is tokens`],
  };
}
