import type { CrossEntropyAttributes } from "../../../kinds/loss.js";
import type { AdamAttributes, SgdAttributes } from "../../../kinds/update.js";
import type { Lower, Lowering } from "../values.js";

const crossEntropy: Lower = (l) => {
  const { writer } = l;
  const { smoothing, weights } = l.attributes<CrossEntropyAttributes>();
  const [batch = 1, classes = 1] = l.shape(0);
  const probabilities = writer.node("Softmax", [l.input(0)], { axis: 1 });
  const logs = writer.node("LogSoftmax", [l.input(0)], { axis: 1 });
  const depth = writer.constant("int64", [], BigInt64Array.of(BigInt(classes)));
  const values = writer.constant("float32", [2], Float32Array.of(0, 1));
  let target = writer.node("OneHot", [writer.cast(l.input(1), "int64"), depth, values], { axis: 1 });
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

function decayed(l: Lowering, decay: number): string {
  if (decay === 0) return l.input(1);
  return l.writer.add(l.input(1), l.writer.mul(l.input(0), l.writer.scalar(decay)));
}

function finish(l: Lowering, change: string, slots: readonly string[]): void {
  l.output(0, l.writer.sub(l.input(0), change));
  l.output(1, change);
  slots.forEach((slot, i) => {
    l.output(2 + i, slot);
  });
}

const plainSgd: Lower = (l) => {
  const { decay } = l.attributes<{ readonly decay: number }>();
  finish(l, l.writer.mul(decayed(l, decay), l.input(2)), []);
};

const sgd: Lower = (l) => {
  const { writer } = l;
  const { momentum, nesterov, decay } = l.attributes<SgdAttributes>();
  const share = writer.scalar(momentum);
  const gradient = decayed(l, decay);
  const buffer = writer.add(writer.mul(l.input(2), share), gradient);
  const direction = nesterov ? writer.add(gradient, writer.mul(buffer, share)) : buffer;
  finish(l, writer.mul(direction, l.input(3)), [buffer]);
};

const adam: Lower = (l) => {
  const { writer } = l;
  const { beta1, beta2, eps, decay, decoupled } = l.attributes<AdamAttributes>();
  const gradient = decayed(l, decoupled ? 0 : decay);
  const averaged = (old: string, now: string, share: number) =>
    writer.add(writer.mul(old, writer.scalar(share)), writer.mul(now, writer.scalar(1 - share)));
  const mean = averaged(l.input(2), gradient, beta1);
  const meanSquare = averaged(l.input(3), writer.mul(gradient, gradient), beta2);
  const root = writer.mul(writer.node("Sqrt", [meanSquare]), l.input(6));
  const direction = writer.div(mean, writer.add(root, writer.scalar(eps)));
  let change = writer.mul(direction, writer.mul(l.input(4), l.input(5)));
  if (decoupled && decay !== 0)
    change = writer.add(change, writer.mul(l.input(0), writer.mul(l.input(4), writer.scalar(decay))));
  finish(l, change, [mean, meanSquare]);
};

const sumSquares: Lower = (l) => {
  const sums = l.op.inputs.map((_, i) =>
    l.writer.node("ReduceSumSquare", [l.input(i, l.layout(i))], { keepdims: 0 }),
  );
  l.output(0, sums.length === 1 ? (sums[0] ?? "") : l.writer.node("Sum", sums));
};

const clipFactor: Lower = (l) => {
  const { writer } = l;
  const { limit } = l.attributes<{ readonly limit: number }>();
  const norm = writer.add(writer.node("Sqrt", [l.input(0)]), writer.scalar(1e-6));
  l.output(0, writer.node("Min", [writer.div(writer.scalar(limit), norm), writer.scalar(1)]));
};

export const updates: Readonly<Record<string, Lower>> = {
  "lerac.SoftmaxCrossEntropy": crossEntropy,
  "lerac.PlainSgdUpdate": plainSgd,
  "lerac.SgdUpdate": sgd,
  "lerac.AdamUpdate": adam,
  "lerac.PlanRow": (l) =>
    l.output(0, l.writer.node("Gather", [l.input(0), l.writer.sub(l.input(1), l.input(2))], { axis: 0 })),
  "lerac.Column": (l) => {
    const { column } = l.attributes<{ readonly column: number }>();
    const index = l.writer.constant("int64", [], BigInt64Array.of(BigInt(column)));
    l.output(0, l.writer.node("Gather", [l.input(0), index], { axis: 0 }));
  },
  "lerac.Advance": (l) =>
    l.output(0, l.writer.add(l.input(0), l.writer.constant("int32", [], Int32Array.of(1)))),
  "lerac.SumSquares": sumSquares,
  "lerac.ClipFactor": clipFactor,
  "lerac.ClipValue": (l) => {
    const { limit } = l.attributes<{ readonly limit: number }>();
    l.output(0, l.writer.node("Clip", [l.input(0), l.writer.scalar(-limit), l.writer.scalar(limit)]));
  },
  "lerac.Row": (l) => {
    const scalars = l.op.inputs.map((_, i) => l.writer.reshape(l.input(i), [1]));
    l.output(0, l.writer.node("Concat", scalars, { axis: 0 }));
  },
};
