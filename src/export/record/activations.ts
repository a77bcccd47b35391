import type { Activation } from "../../language/forward.js";
import type { GraphBuilder } from "./builder.js";
import type { Value } from "./graph.js";

type Curve = (g: GraphBuilder, x: Value, parameter: number) => Value;

/** Formulas are at `Activation`. */
const curves: Readonly<Record<Activation, Curve>> = {
  leaky_relu: (g, x, slope) => withNegative(g, x, g.binary("mul", g.binary("min", x, 0), slope)),
  elu: (g, x, alpha) => {
    const below = g.binary("sub", g.unary("exp", g.binary("min", x, 0)), 1);
    return withNegative(g, x, g.binary("mul", below, alpha));
  },
  gelu: (g, x) => {
    const error = g.unary("erf", g.binary("mul", x, Math.SQRT1_2));
    return g.binary("mul", x, g.binary("mul", g.binary("add", error, 1), 0.5));
  },
  gelu_tanh: (g, x) => {
    const cubic = g.binary("add", g.binary("mul", g.binary("mul", x, x), 0.044715), 1);
    const inner = g.binary("mul", g.binary("mul", x, cubic), Math.sqrt(2 / Math.PI));
    return g.binary("mul", g.binary("mul", x, 0.5), g.binary("add", g.unary("tanh", inner), 1));
  },
  quick_gelu: (g, x) => g.binary("mul", x, g.unary("sigmoid", g.binary("mul", x, 1.702))),
  silu: (g, x) => g.binary("mul", x, g.unary("sigmoid", x)),
  hard_swish: (g, x) => {
    const bounded = g.binary("min", g.unary("relu", g.binary("add", x, 3)), 6);
    return g.binary("mul", x, g.binary("div", bounded, 6));
  },
  tanh: (g, x) => g.unary("tanh", x),
  sigmoid: (g, x) => g.unary("sigmoid", x),
};

/** Records a curve over each element. `parameter` is what its formula calls so. */
export function activated(g: GraphBuilder, x: Value, kind: Activation, parameter: number): Value {
  return curves[kind](g, x, parameter);
}

/** x above 0; below, what is given, which is 0 above. */
function withNegative(g: GraphBuilder, x: Value, negative: Value): Value {
  return g.binary("add", g.unary("relu", x), negative);
}
