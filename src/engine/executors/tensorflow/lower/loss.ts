import type { CrossEntropyAttributes } from "../../../kinds/loss.js";
import type { ErrorLossSettings } from "../../../losses/regression.js";
import { type, whole } from "../attributes.js";
import type { Lower, Lowering } from "../values.js";

const crossEntropy: Lower = (l) => {
  const { writer: w } = l;
  const { smoothing, weights } = l.attributes<CrossEntropyAttributes>();
  const [batch = 1, classes = 1] = l.shape(0);
  const probabilities = w.unary("Softmax", l.input(0));
  const logs = w.unary("LogSoftmax", l.input(0));
  let target = indicator(l, classes);
  if (smoothing > 0) target = w.add(w.mul(target, w.scalar(1 - smoothing)), w.scalar(smoothing / classes));
  if (weights.length > 0) target = w.mul(target, w.constant(Float32Array.from(weights), [classes]));
  if (l.count > 2) target = w.mul(target, w.reshape(l.input(2), [batch, 1]));
  const plain = weights.length === 0 && l.count === 2;
  const share = plain ? probabilities : w.mul(probabilities, w.reduce("Sum", target, [1], true));
  l.output(0, w.unary("Neg", w.reduce("Sum", w.mul(target, logs), [0, 1])));
  l.output(1, w.sub(share, target));
};

/** 1 at the class of each row [B, classes], else 0. */
function indicator(l: Lowering, classes: number): string {
  const { writer: w } = l;
  return w.node("OneHot", [l.input(1), w.word(classes), w.scalar(1), w.scalar(0)], {
    T: type("float32"),
    TI: type("int32"),
    axis: whole(-1),
  });
}

/** The sum of losses and their gradients, rows weighted where they have weights, divided by the numbers of a sample. */
function finish(l: Lowering, losses: string, slopes: string): void {
  const { writer: w } = l;
  const [batch = 1, numbers = 1] = l.shape(0);
  const weighted = (x: string) =>
    w.mul(l.count > 2 ? w.mul(x, w.reshape(l.input(2), [batch, 1])) : x, w.scalar(1 / numbers));
  l.output(0, w.reduce("Sum", weighted(losses), [0, 1]));
  l.output(1, weighted(slopes));
}

/** Formulas: `losses/regression.ts`. */
const errorLoss: Lower = (l) => {
  const { writer: w } = l;
  const { curve, delta, scale } = l.attributes<ErrorLossSettings>();
  const error = w.sub(l.input(0), l.input(1));
  if (curve === "square") return finish(l, w.mul(error, error), w.mul(error, w.scalar(2)));
  if (curve === "absolute") return finish(l, w.unary("Abs", error), w.unary("Sign", error));
  const clipped = w.node("Minimum", [w.node("Maximum", [error, w.scalar(-delta)]), w.scalar(delta)]);
  const rest = w.sub(error, w.mul(clipped, w.scalar(0.5)));
  const scaled = w.mul(clipped, w.scalar(scale));
  finish(l, w.mul(scaled, rest), scaled);
};

/** Formulas: `losses/bce.ts`. */
const binaryCrossEntropy: Lower = (l) => {
  const { writer: w } = l;
  const [batch = 1, classes = 1] = l.shape(0);
  const logits = l.input(0);
  const asNumber = () => w.node("Cast", [l.input(1)], { SrcT: type("int32"), DstT: type("float32") });
  const target = classes === 1 ? w.reshape(asNumber(), [batch, 1]) : indicator(l, classes);
  const soft = w.unary("Log1p", w.unary("Exp", w.unary("Neg", w.unary("Abs", logits))));
  const hard = w.sub(w.unary("Relu", logits), w.mul(logits, target));
  finish(l, w.add(hard, soft), w.sub(w.unary("Sigmoid", logits), target));
};

export const losses: Readonly<Record<string, Lower>> = {
  "lerac.SoftmaxCrossEntropy": crossEntropy,
  "lerac.ErrorLoss": errorLoss,
  "lerac.BinaryCrossEntropy": binaryCrossEntropy,
};
