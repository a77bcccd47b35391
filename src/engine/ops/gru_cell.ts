import type { Tensor } from "@tensorflow/tfjs-core";
import { add, concat, mul, sigmoid, split, square, sub, tanh } from "../tfjs.js";
import type { Cell } from "./cell.js";
import { savedAt } from "./composite.js";

type Three = [Tensor, Tensor, Tensor];

/**
 * Gated recurrent unit (Cho et al. 2014) as in PyTorch, the reset gate acting on the product with the state, its bias
 * included:
 *
 *     r, z = σ(input + product);  n = tanh(input + r ∘ product);  h' = (1 − z) ∘ n + z ∘ h
 */
export const gruCell: Cell = {
  gates: 3,
  hasMemory: false,
  forward(input, product, { hidden }) {
    const [xr, xz, xn] = split(input, 3, 1) as Three;
    const [hr, hz, hn] = split(product, 3, 1) as Three;
    const reset = sigmoid(add(xr, hr));
    const keep = sigmoid(add(xz, hz));
    const fresh = tanh(add(xn, mul(reset, hn)));
    const next = add(fresh, mul(keep, sub(hidden, fresh)));
    return { after: { hidden: next, memory: null }, saved: [reset, keep, fresh, hn] };
  },
  backward({ hidden: dHidden }, saved, { hidden }) {
    const [reset, keep, fresh] = [0, 1, 2].map((gate) => savedAt(saved, gate)) as Three;
    const product = savedAt(saved, 3);
    const dFresh = mul(mul(dHidden, sub(1, keep)), sub(1, square(fresh)));
    const dKeep = mul(mul(dHidden, sub(hidden, fresh)), mul(keep, sub(1, keep)));
    const dReset = mul(mul(dFresh, product), mul(reset, sub(1, reset)));
    return {
      dInput: concat([dReset, dKeep, dFresh], 1),
      dProduct: concat([dReset, dKeep, mul(dFresh, reset)], 1),
      dBefore: { hidden: mul(dHidden, keep), memory: null },
    };
  },
};
