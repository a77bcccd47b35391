import type { AdamAttributes, AdamaxAttributes, SgdAttributes } from "../../../kinds/update.js";
import type { Lower, Lowering } from "../values.js";

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

const adamax: Lower = (l) => {
  const { writer } = l;
  const { beta1, beta2, eps, decay } = l.attributes<AdamaxAttributes>();
  const gradient = decayed(l, decay);
  const share = (x: string, factor: number) => writer.mul(x, writer.scalar(factor));
  const mean = writer.add(share(l.input(2), beta1), share(gradient, 1 - beta1));
  const size = writer.add(writer.node("Abs", [gradient]), writer.scalar(eps));
  const largest = writer.node("Max", [share(l.input(3), beta2), size]);
  const change = writer.mul(writer.div(mean, largest), writer.mul(l.input(4), l.input(5)));
  finish(l, change, [mean, largest]);
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
  "lerac.PlainSgdUpdate": plainSgd,
  "lerac.SgdUpdate": sgd,
  "lerac.AdamUpdate": adam,
  "lerac.AdamaxUpdate": adamax,
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
