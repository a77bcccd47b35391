import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import { add, concat, mul, sigmoid, split, square, sub, tanh } from "../tfjs.js";
import type { Cell } from "./cell.js";
import { savedAt } from "./composite.js";

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gates: Gers et al. 2000), gates in PyTorch's order:
 *
 *     i, f, o = σ(·), g = tanh(·) of input + product;  c' = f ∘ c + i ∘ g;  h' = o ∘ tanh(c')
 */
export const lstmCell: Cell = {
  gates: 4,
  hasMemory: true,
  forward(input, product, { memory }) {
    invariant(memory, "an LSTM without memory");
    const [i, f, g, o] = split(add(input, product), 4, 1) as [Tensor, Tensor, Tensor, Tensor];
    const gates = [sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)] as const;
    const next = add(mul(gates[1], memory), mul(gates[0], gates[2]));
    return { after: { hidden: mul(gates[3], tanh(next)), memory: next }, saved: gates };
  },
  backward({ hidden: dHidden, memory: dMemory }, saved, { memory }) {
    invariant(memory && dMemory, "an LSTM without memory");
    const [i, f, g, o] = [0, 1, 2, 3].map((gate) => savedAt(saved, gate)) as [Tensor, Tensor, Tensor, Tensor];
    const reached = tanh(add(mul(f, memory), mul(i, g)));
    const dNext = add(dMemory, mul(mul(dHidden, o), sub(1, square(reached))));
    const bySigmoid = (dGate: Tensor, gate: Tensor) => mul(dGate, mul(gate, sub(1, gate)));
    const dGates = concat(
      [
        bySigmoid(mul(dNext, g), i),
        bySigmoid(mul(dNext, memory), f),
        mul(mul(dNext, i), sub(1, square(g))),
        bySigmoid(mul(dHidden, reached), o),
      ],
      1,
    );
    return { dInput: dGates, dProduct: dGates, dBefore: { hidden: null, memory: mul(dNext, f) } };
  },
};
