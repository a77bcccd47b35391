import type { RecurrenceOptions } from "../../language/forward-sequence.js";
import type { GraphBuilder } from "./builder.js";
import { anySize, type Value } from "./graph.js";

/** Null is the state before the first step: zeros, which are left out of every sum. */
interface State {
  readonly hidden: Value | null;
  readonly memory: Value | null;
}

/**
 * Hidden states [B, L, H] of a recurrence, step after step, as the formulas of the engine's cells say it: all places are
 * written out, since the length is fixed.
 *
 * @param projected x · input + bias, [B, L, gates · H]
 * @param filled 1 at filled places, [B, L, 1]: a padded one keeps the state and gives 0. Null where all are filled
 */
export function recurrence(
  g: GraphBuilder,
  projected: Value,
  { cell, recurrent, recurrentBias, reverse }: RecurrenceOptions<Value>,
  filled: Value | null,
): Value {
  const [, length = 1, width = 1] = projected.shape;
  const units = recurrent.shape[0] ?? 1;
  const step = cell === "lstm" ? lstm : gru;
  const outputs: Value[] = [];
  let state: State = { hidden: null, memory: null };
  for (let i = 0; i < length; i++) {
    const place = reverse ? length - 1 - i : i;
    const own = g.reshape(g.slice(projected, [0, place, 0], [anySize, 1, width]), [anySize, width]);
    const made = step(g, own, productWith(g, state.hidden, recurrent, recurrentBias), state, units);
    const mask = filled && g.reshape(g.slice(filled, [0, place, 0], [anySize, 1, 1]), [anySize, 1]);
    state = mask === null ? made : kept(g, mask, made, state);
    const hidden = state.hidden as Value;
    const output = mask === null ? hidden : g.binary("mul", hidden, mask);
    outputs[place] = g.reshape(output, [anySize, 1, units]);
  }
  return g.concat(outputs, 1);
}

/** The state made where the mask is 1, that before where it is 0. */
function kept(g: GraphBuilder, mask: Value, made: State, before: State): State {
  const choose = (now: Value | null, then: Value | null): Value | null => {
    if (now === null) return null;
    if (then === null) return g.binary("mul", now, mask);
    return g.binary("add", then, g.binary("mul", mask, g.binary("sub", now, then)));
  };
  return { hidden: choose(made.hidden, before.hidden), memory: choose(made.memory, before.memory) };
}

/** state · recurrent + bias; null where neither is there. */
function productWith(
  g: GraphBuilder,
  hidden: Value | null,
  recurrent: Value,
  bias: Value | null,
): Value | null {
  if (hidden === null) return bias;
  const product = g.matmul(hidden, recurrent);
  return bias === null ? product : g.binary("add", product, bias);
}

type Step = (g: GraphBuilder, input: Value, product: Value | null, before: State, units: number) => State;

/** i, f, o = σ(·), g = tanh(·) of input + product;  c' = f ∘ c + i ∘ g;  h' = o ∘ tanh(c') */
const lstm: Step = (g, input, product, before, units) => {
  const all = sum(g, input, product);
  const [i, f, fresh, o] = [0, 1, 2, 3].map((gate) => part(g, all, gate, units)) as [
    Value,
    Value,
    Value,
    Value,
  ];
  const added = g.binary("mul", g.unary("sigmoid", i), g.unary("tanh", fresh));
  const memory =
    before.memory === null
      ? added
      : g.binary("add", g.binary("mul", g.unary("sigmoid", f), before.memory), added);
  return { hidden: g.binary("mul", g.unary("sigmoid", o), g.unary("tanh", memory)), memory };
};

/** r, z = σ(input + product);  n = tanh(input + r ∘ product);  h' = n + z ∘ (h − n) */
const gru: Step = (g, input, product, { hidden }, units) => {
  const [xr, xz, xn] = [0, 1, 2].map((gate) => part(g, input, gate, units)) as [Value, Value, Value];
  const from = (gate: number) => (product === null ? null : part(g, product, gate, units));
  const [hr, hz, hn] = [from(0), from(1), from(2)];
  const keep = g.unary("sigmoid", sum(g, xz, hz));
  const heard = hn === null ? null : g.binary("mul", g.unary("sigmoid", sum(g, xr, hr)), hn);
  const fresh = g.unary("tanh", sum(g, xn, heard));
  const change = hidden === null ? g.binary("sub", fresh, g.binary("mul", keep, fresh)) : null;
  if (hidden === null) return { hidden: change, memory: null };
  return {
    hidden: g.binary("add", fresh, g.binary("mul", keep, g.binary("sub", hidden, fresh))),
    memory: null,
  };
};

function sum(g: GraphBuilder, a: Value, b: Value | null): Value {
  return b === null ? a : g.binary("add", a, b);
}

/** Columns of one gate; of a bias [gates · H] its numbers. */
function part(g: GraphBuilder, x: Value, gate: number, units: number): Value {
  return x.shape.length === 1
    ? g.slice(x, [gate * units], [units])
    : g.slice(x, [0, gate * units], [anySize, units]);
}
