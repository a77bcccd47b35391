import type { Tensor } from "@tensorflow/tfjs-core";
import type { Activation } from "../../language/forward.js";
import {
  add,
  clipByValue,
  div,
  erf,
  exp,
  expm1,
  greater,
  sigmoid as librarySigmoid,
  tanh as libraryTanh,
  minimum,
  mul,
  onesLike,
  relu,
  square,
  step,
  sub,
  where,
} from "../tfjs.js";
import { composite, savedAt } from "./composite.js";

/** A function of one number, and its derivative there. */
interface Curve {
  value(x: Tensor, parameter: number): Tensor;
  slope(x: Tensor, parameter: number): Tensor;
}

/** Formulas are at `Activation`. Where a curve has a corner, the slope at it is the one on its left (as PyTorch). */
const curves: Readonly<Record<Activation, Curve>> = {
  leaky_relu: {
    value: (x, slope) => add(relu(x), mul(minimum(x, 0), slope)),
    slope: (x, slope) => add(mul(step(x), 1 - slope), slope),
  },
  elu: {
    value: (x, alpha) => add(relu(x), mul(expm1(minimum(x, 0)), alpha)),
    slope: (x, alpha) => where(greater(x, 0), onesLike(x), mul(exp(minimum(x, 0)), alpha)),
  },
  gelu: {
    value: (x) => mul(x, normalDistribution(x)),
    slope: (x) => add(normalDistribution(x), mul(x, normalDensity(x))),
  },
  gelu_tanh: {
    value: (x) => mul(mul(x, 0.5), add(libraryTanh(tanhArgument(x)), 1)),
    slope: (x) => {
      const t = libraryTanh(tanhArgument(x));
      const inner = mul(add(mul(square(x), 3 * cubic), 1), rootOfTwoByPi);
      return mul(add(add(t, 1), mul(mul(x, sub(1, square(t))), inner)), 0.5);
    },
  },
  quick_gelu: {
    value: (x) => mul(x, librarySigmoid(mul(x, 1.702))),
    slope: (x) => {
      const s = librarySigmoid(mul(x, 1.702));
      return mul(s, add(mul(mul(x, 1.702), sub(1, s)), 1));
    },
  },
  silu: {
    value: (x) => mul(x, librarySigmoid(x)),
    slope: (x) => {
      const s = librarySigmoid(x);
      return mul(s, add(mul(x, sub(1, s)), 1));
    },
  },
  hard_swish: {
    value: (x) => mul(x, div(clipByValue(add(x, 3), 0, 6), 6)),
    // 0 below −3 and 1 above 3; between them (2x + 3) / 6, which leaves both ends with a jump.
    slope: (x) =>
      add(mul(inside(x, -3, 3), div(add(mul(x, 2), 3), 6)), where(greater(x, 3), onesLike(x), mul(x, 0))),
  },
  tanh: {
    value: (x) => libraryTanh(x),
    slope: (x) => sub(1, square(libraryTanh(x))),
  },
  sigmoid: {
    value: (x) => librarySigmoid(x),
    slope: (x) => {
      const s = librarySigmoid(x);
      return mul(s, sub(1, s));
    },
  },
};

/** Applies a curve to each element. `parameter` is what its formula calls so. */
export function activation(x: Tensor, kind: Activation, parameter = 0): Tensor {
  const curve = curves[kind];
  return composite(
    [x],
    () => ({ output: curve.value(x, parameter), saved: [x] }),
    (dy, saved) => [mul(dy, curve.slope(savedAt(saved, 0), parameter))],
  );
}

/** The curve's value at each element, not differentiated. */
export function curveValue(x: Tensor, kind: Activation, parameter: number): Tensor {
  return curves[kind].value(x, parameter);
}

/** The curve's slope at each element. */
export function curveSlope(x: Tensor, kind: Activation, parameter: number): Tensor {
  return curves[kind].slope(x, parameter);
}

const rootOfTwoByPi = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

function tanhArgument(x: Tensor): Tensor {
  return mul(mul(x, add(mul(square(x), cubic), 1)), rootOfTwoByPi);
}

/** Φ(x), to 1e-7: the library's erf is the rational approximation 7.1.26 of Abramowitz and Stegun. */
function normalDistribution(x: Tensor): Tensor {
  return mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
}

function normalDensity(x: Tensor): Tensor {
  return mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}

/** 1 where low < x ≤ high, else 0. */
function inside(x: Tensor, low: number, high: number): Tensor {
  return sub(step(sub(x, low)), step(sub(x, high)));
}
