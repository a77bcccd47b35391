import type { CrossEntropyAttributes } from "../../../kinds/loss.js";
import type { ErrorLossSettings } from "../../../losses/regression.js";
import type { Lower, Lowering } from "../values.js";

const crossEntropy: Lower = (l) => {
  const { writer } = l;
  const { smoothing, weights } = l.attributes<CrossEntropyAttributes>();
  const [batch = 1, classes = 1] = l.shape(0);
  const probabilities = writer.node("Softmax", [l.input(0)], { axis: 1 });
  const logs = writer.node("LogSoftmax", [l.input(0)], { axis: 1 });
  let target = indicator(l, classes);
  if (smoothing > 0)
    target = writer.add(writer.mul(target, writer.scalar(1 - smoothing)), writer.scalar(smoothing / classes));
  if (weights.length > 0)
    target = writer.mul(target, writer.constant("float32", [classes], Float32Array.from(weights)));
  if (l.count > 2) target = writer.mul(target, writer.reshape(l.input(2), [batch, 1]));
  const plain = weights.length === 0 && l.count === 2;
  const totals = writer.node("ReduceSum", [target, writer.wholes([1])], { keepdims: 1 });
  const share = plain ? probabilities : writer.mul(probabilities, totals);
  const sum = writer.reduce("ReduceSum", writer.mul(target, logs), [0, 1]);
  l.output(0, writer.node("Neg", [sum]));
  l.output(1, writer.sub(share, target));
};

/** 1 at the class of each row [B, classes], else 0. */
function indicator(l: Lowering, classes: number): string {
  const { writer } = l;
  const depth = writer.constant("int64", [], BigInt64Array.of(BigInt(classes)));
  const values = writer.constant("float32", [2], Float32Array.of(0, 1));
  return writer.node("OneHot", [writer.cast(l.input(1), "int64"), depth, values], { axis: 1 });
}

/** The sum of losses and their gradients, rows weighted where they have weights, divided by the numbers of a sample. */
function finish(l: Lowering, losses: string, slopes: string): void {
  const { writer } = l;
  const [batch = 1, numbers = 1] = l.shape(0);
  const share = writer.scalar(1 / numbers);
  const weighted = (x: string) =>
    writer.mul(l.count > 2 ? writer.mul(x, writer.reshape(l.input(2), [batch, 1])) : x, share);
  l.output(0, writer.reduce("ReduceSum", weighted(losses), [0, 1]));
  l.output(1, weighted(slopes));
}

const errorLoss: Lower = (l) => {
  const { writer } = l;
  const { curve, delta, scale } = l.attributes<ErrorLossSettings>();
  const error = writer.sub(l.input(0), l.input(1));
  if (curve === "square") return finish(l, writer.mul(error, error), writer.mul(error, writer.scalar(2)));
  if (curve === "absolute") return finish(l, writer.node("Abs", [error]), writer.node("Sign", [error]));
  const clipped = writer.node("Clip", [error, writer.scalar(-delta), writer.scalar(delta)]);
  const rest = writer.sub(error, writer.mul(clipped, writer.scalar(0.5)));
  const scaled = writer.mul(clipped, writer.scalar(scale));
  finish(l, writer.mul(scaled, rest), scaled);
};

const binaryCrossEntropy: Lower = (l) => {
  const { writer } = l;
  const [batch = 1, classes = 1] = l.shape(0);
  const logits = l.input(0);
  const target =
    classes === 1 ? writer.reshape(writer.cast(l.input(1), "float32"), [batch, 1]) : indicator(l, classes);
  // log(1 + exp(−|z|)); the logarithm of a sum with 1 loses nothing that matters beside max(z, 0) − z·t.
  const folded = writer.node("Exp", [writer.node("Neg", [writer.node("Abs", [logits])])]);
  const soft = writer.node("Log", [writer.add(folded, writer.scalar(1))]);
  const hard = writer.sub(writer.node("Relu", [logits]), writer.mul(logits, target));
  finish(l, writer.add(hard, soft), writer.sub(writer.node("Sigmoid", [logits]), target));
};

export const losses: Readonly<Record<string, Lower>> = {
  "lerac.SoftmaxCrossEntropy": crossEntropy,
  "lerac.ErrorLoss": errorLoss,
  "lerac.BinaryCrossEntropy": binaryCrossEntropy,
};
