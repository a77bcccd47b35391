import type { Activation } from "../../../../language/forward.js";
import type { ActivationAttributes } from "../../../kinds/elementwise.js";
import type { Layout, Lower } from "../values.js";
import type { OnnxWriter } from "../writer.js";

interface Curve {
  value(w: OnnxWriter, x: string, parameter: number): string;
  slope(w: OnnxWriter, x: string, parameter: number): string;
}

const one = (w: OnnxWriter) => w.scalar(1);
const times = (w: OnnxWriter, x: string, factor: number) => w.mul(x, w.scalar(factor));
const below = (w: OnnxWriter, x: string) => w.node("Min", [x, w.scalar(0)]);
const fromRight = (w: OnnxWriter, x: string) => w.sub(one(w), x);

/** Φ(x). */
function normalDistribution(w: OnnxWriter, x: string): string {
  return times(w, w.add(w.node("Erf", [times(w, x, Math.SQRT1_2)]), one(w)), 0.5);
}

/** sqrt(2/π) · (x + 0.044715 x³). */
function tanhArgument(w: OnnxWriter, x: string): string {
  const cubic = w.add(times(w, w.mul(x, x), 0.044715), one(w));
  return times(w, w.mul(x, cubic), Math.sqrt(2 / Math.PI));
}

/** x · σ(factor · x), and its slope. */
function gated(factor: number): Curve {
  const gate = (w: OnnxWriter, x: string) => w.node("Sigmoid", [times(w, x, factor)]);
  return {
    value: (w, x) => w.mul(x, gate(w, x)),
    slope: (w, x) => {
      const s = gate(w, x);
      return w.mul(s, w.add(w.mul(times(w, x, factor), fromRight(w, s)), one(w)));
    },
  };
}

/** Formulas are at `Activation`, corners as in `ops/activations.ts`. */
const curves: Readonly<Record<Activation, Curve>> = {
  leaky_relu: {
    value: (w, x, slope) => w.add(w.node("Relu", [x]), times(w, below(w, x), slope)),
    slope: (w, x, slope) => w.add(times(w, w.positive(x), 1 - slope), w.scalar(slope)),
  },
  elu: {
    value: (w, x, alpha) =>
      w.add(w.node("Relu", [x]), times(w, w.sub(w.node("Exp", [below(w, x)]), one(w)), alpha)),
    slope: (w, x, alpha) => {
      const above = w.positive(x);
      const curved = times(w, w.node("Exp", [below(w, x)]), alpha);
      return w.add(above, w.mul(fromRight(w, above), curved));
    },
  },
  gelu: {
    value: (w, x) => w.mul(x, normalDistribution(w, x)),
    slope: (w, x) => {
      const density = times(w, w.node("Exp", [times(w, w.mul(x, x), -0.5)]), 1 / Math.sqrt(2 * Math.PI));
      return w.add(normalDistribution(w, x), w.mul(x, density));
    },
  },
  gelu_tanh: {
    value: (w, x) => w.mul(times(w, x, 0.5), w.add(w.node("Tanh", [tanhArgument(w, x)]), one(w))),
    slope: (w, x) => {
      const t = w.node("Tanh", [tanhArgument(w, x)]);
      const inner = times(w, w.add(times(w, w.mul(x, x), 3 * 0.044715), one(w)), Math.sqrt(2 / Math.PI));
      const second = w.mul(w.mul(x, fromRight(w, w.mul(t, t))), inner);
      return times(w, w.add(w.add(t, one(w)), second), 0.5);
    },
  },
  quick_gelu: gated(1.702),
  silu: gated(1),
  hard_swish: {
    value: (w, x) => {
      const cut = w.node("Clip", [w.add(x, w.scalar(3)), w.scalar(0), w.scalar(6)]);
      return w.mul(x, times(w, cut, 1 / 6));
    },
    slope: (w, x) => {
      const [low, high] = [-3, 3].map((edge) => w.positive(w.sub(x, w.scalar(edge)))) as [string, string];
      const inside = times(w, w.add(times(w, x, 2), w.scalar(3)), 1 / 6);
      return w.add(w.mul(w.sub(low, high), inside), high);
    },
  },
  tanh: {
    value: (w, x) => w.node("Tanh", [x]),
    slope: (w, x) => {
      const t = w.node("Tanh", [x]);
      return fromRight(w, w.mul(t, t));
    },
  },
  sigmoid: {
    value: (w, x) => w.node("Sigmoid", [x]),
    slope: (w, x) => {
      const s = w.node("Sigmoid", [x]);
      return w.mul(s, fromRight(w, s));
    },
  },
};

/** Two operands: images in one layout, with numbers or numbers a sample; anything else channels last. */
const binary =
  (operator: string): Lower =>
  (l) => {
    const shapes = [l.shape(0), l.shape(1)];
    const everywhere = shapes.map((shape) =>
      shape.slice(shape.length === 4 ? 1 : 0).every((size) => size === 1),
    );
    const images = [0, 1].filter((index) => shapes[index]?.length === 4 && !everywhere[index]);
    const alike = shapes.every(
      (shape, index) => shape.length === 4 || (everywhere[index] && shape.length === 0),
    );
    const whole = images.every((index) => String(shapes[index]) === String(l.outputShape()));
    const layout: Layout = alike && whole && images.length > 0 ? l.layout(...images) : "last";
    const inputs = [0, 1].map((index) => l.input(index, everywhere[index] ? "last" : layout));
    l.output(0, l.writer.node(operator, inputs), layout);
  };

/** One weight a channel of x, to multiply x in channels last with. */
const prelu: Lower = (l) => {
  const { writer } = l;
  const x = l.input(0);
  l.output(0, writer.add(writer.node("Relu", [x]), writer.mul(below(writer, x), l.input(1))));
};

const preluGrad: Lower = (l) => {
  const { writer } = l;
  const [dy, x, weight] = [l.input(0), l.input(1), l.input(2)];
  const above = writer.positive(x);
  const slope = writer.add(above, writer.mul(fromRight(writer, above), weight));
  l.output(0, writer.mul(dy, slope));
  const axes = Array.from({ length: l.shape(0).length - (l.outputShape(1)[0] === 1 ? 0 : 1) }, (_, i) => i);
  const sums = writer.reduce("ReduceSum", writer.mul(dy, below(writer, x)), axes);
  l.output(1, writer.reshape(sums, l.outputShape(1)));
};

export const elementwise: Readonly<Record<string, Lower>> = {
  Add: binary("Add"),
  Multiply: binary("Mul"),
  Reshape: (l) => l.output(0, l.writer.reshape(l.input(0), l.outputShape())),
  "lerac.Relu": (l) => {
    const layout = l.layout(0);
    l.output(0, l.writer.node("Relu", [l.input(0, layout)]), layout);
  },
  "lerac.ReluGrad": (l) => {
    const layout = l.layout(0, 1);
    l.output(0, l.writer.mul(l.input(0, layout), l.writer.positive(l.input(1, layout))), layout);
  },
  "lerac.Prelu": prelu,
  "lerac.PreluGrad": preluGrad,
  "lerac.Activation": (l) => {
    const { curve, parameter } = l.attributes<ActivationAttributes>();
    const layout = l.layout(0);
    l.output(0, curves[curve].value(l.writer, l.input(0, layout), parameter), layout);
  },
  "lerac.ActivationGrad": (l) => {
    const { curve, parameter } = l.attributes<ActivationAttributes>();
    const layout = l.layout(0, 1);
    const slope = curves[curve].slope(l.writer, l.input(1, layout), parameter);
    l.output(0, l.writer.mul(l.input(0, layout), slope), layout);
  },
};
