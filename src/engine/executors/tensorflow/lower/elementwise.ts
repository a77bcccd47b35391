import type { Activation } from "../../../../language/forward.js";
import type { ActivationAttributes } from "../../../kinds/elementwise.js";
import { type } from "../attributes.js";
import type { Lower } from "../values.js";
import type { TensorflowWriter } from "../writer.js";

interface Curve {
  value(w: TensorflowWriter, x: string, parameter: number): string;
  slope(w: TensorflowWriter, x: string, parameter: number): string;
}

const times = (w: TensorflowWriter, x: string, factor: number) => w.mul(x, w.scalar(factor));
const plus = (w: TensorflowWriter, x: string, term: number) => w.add(x, w.scalar(term));
const below = (w: TensorflowWriter, x: string) => w.node("Minimum", [x, w.scalar(0)]);
const oneMinus = (w: TensorflowWriter, x: string) => w.sub(w.scalar(1), x);

/** Φ(x). */
function normalDistribution(w: TensorflowWriter, x: string): string {
  return times(w, plus(w, w.unary("Erf", times(w, x, Math.SQRT1_2)), 1), 0.5);
}

/** sqrt(2/π) · (x + 0.044715 x³). */
function tanhArgument(w: TensorflowWriter, x: string): string {
  return times(w, w.mul(x, plus(w, times(w, w.mul(x, x), 0.044715), 1)), Math.sqrt(2 / Math.PI));
}

/** x · σ(factor · x), and its slope. */
function gated(factor: number): Curve {
  const gate = (w: TensorflowWriter, x: string) => w.unary("Sigmoid", times(w, x, factor));
  return {
    value: (w, x) => w.mul(x, gate(w, x)),
    slope: (w, x) => {
      const s = gate(w, x);
      return w.mul(s, plus(w, w.mul(times(w, x, factor), oneMinus(w, s)), 1));
    },
  };
}

/** Formulas are at `Activation`, corners as in `ops/activations.ts`. */
const curves: Readonly<Record<Activation, Curve>> = {
  leaky_relu: {
    value: (w, x, slope) => w.add(w.unary("Relu", x), times(w, below(w, x), slope)),
    slope: (w, x, slope) => plus(w, times(w, w.positive(x), 1 - slope), slope),
  },
  elu: {
    value: (w, x, alpha) => w.add(w.unary("Relu", x), times(w, w.unary("Expm1", below(w, x)), alpha)),
    slope: (w, x, alpha) => {
      const above = w.positive(x);
      return w.add(above, w.mul(oneMinus(w, above), times(w, w.unary("Exp", below(w, x)), alpha)));
    },
  },
  gelu: {
    value: (w, x) => w.mul(x, normalDistribution(w, x)),
    slope: (w, x) => {
      const bell = w.unary("Exp", times(w, w.mul(x, x), -0.5));
      return w.add(normalDistribution(w, x), w.mul(x, times(w, bell, 1 / Math.sqrt(2 * Math.PI))));
    },
  },
  gelu_tanh: {
    value: (w, x) => w.mul(times(w, x, 0.5), plus(w, w.unary("Tanh", tanhArgument(w, x)), 1)),
    slope: (w, x) => {
      const t = w.unary("Tanh", tanhArgument(w, x));
      const inner = times(w, plus(w, times(w, w.mul(x, x), 3 * 0.044715), 1), Math.sqrt(2 / Math.PI));
      const second = w.mul(w.mul(x, oneMinus(w, w.mul(t, t))), inner);
      return times(w, w.add(plus(w, t, 1), second), 0.5);
    },
  },
  quick_gelu: gated(1.702),
  silu: gated(1),
  hard_swish: {
    value: (w, x) => {
      const cut = w.node("Minimum", [w.node("Maximum", [plus(w, x, 3), w.scalar(0)]), w.scalar(6)]);
      return w.mul(x, times(w, cut, 1 / 6));
    },
    slope: (w, x) => {
      const low = w.positive(plus(w, x, 3));
      const high = w.positive(plus(w, x, -3));
      return w.add(w.mul(w.sub(low, high), times(w, plus(w, times(w, x, 2), 3), 1 / 6)), high);
    },
  },
  tanh: {
    value: (w, x) => w.unary("Tanh", x),
    slope: (w, x) => {
      const t = w.unary("Tanh", x);
      return oneMinus(w, w.mul(t, t));
    },
  },
  sigmoid: {
    value: (w, x) => w.unary("Sigmoid", x),
    slope: (w, x) => {
      const s = w.unary("Sigmoid", x);
      return w.mul(s, oneMinus(w, s));
    },
  },
};

const typeOf = (dtype: string | undefined) => type(dtype === "float32" ? "float32" : "int32");

/** dy, x, weight → dx, dweight; formulas: `ops/prelu.ts`. */
const preluGrad: Lower = (l) => {
  const { writer: w } = l;
  const [dy, x, weight] = l.inputs() as [string, string, string];
  const above = w.positive(x);
  l.output(0, w.mul(dy, w.add(above, w.mul(oneMinus(w, above), weight))));
  const rank = l.shape(1).length;
  const [channels = 1] = l.shape(2);
  const kept = channels === 1 ? rank : rank - 1;
  const axes = Array.from({ length: kept }, (_, axis) => axis);
  l.output(1, w.reshape(w.reduce("Sum", w.mul(dy, below(w, x)), axes), [channels]));
};

export const elementwise: Readonly<Record<string, Lower>> = {
  Add: (l) => l.output(0, l.writer.add(l.input(0), l.input(1))),
  Multiply: (l) => l.output(0, l.writer.mul(l.input(0), l.input(1))),
  Reshape: (l) => {
    const of = typeOf(l.values.graph.values[l.id(0)]?.dtype);
    l.output(0, l.writer.reshape(l.input(0), l.outputShape(), of));
  },
  "lerac.Relu": (l) => l.output(0, l.writer.unary("Relu", l.input(0))),
  "lerac.ReluGrad": (l) => l.output(0, l.writer.node("ReluGrad", [l.input(0), l.input(1)])),
  "lerac.Activation": (l) => {
    const { curve, parameter } = l.attributes<ActivationAttributes>();
    l.output(0, curves[curve].value(l.writer, l.input(0), parameter));
  },
  "lerac.Prelu": (l) => {
    const { writer: w } = l;
    const x = l.input(0);
    l.output(0, w.add(w.unary("Relu", x), w.mul(below(w, x), l.input(1))));
  },
  "lerac.PreluGrad": preluGrad,
  "lerac.ActivationGrad": (l) => {
    const { curve, parameter } = l.attributes<ActivationAttributes>();
    l.output(0, l.writer.mul(l.input(0), curves[curve].slope(l.writer, l.input(1), parameter)));
  },
};
