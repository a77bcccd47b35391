import type { AdamAttributes, AdamaxAttributes, SgdAttributes } from "../../../kinds/update.js";
import { flag, type, whole } from "../attributes.js";
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

/**
 * Updates that TensorFlow does in place in one pass: of nets with millions of weights, new tensors for every part of the
 * formula cost as much as a convolution. What was taken off is then not made; `sumSquares` needs only its factors.
 */
function inPlace(l: Lowering, operation: string, inputs: readonly string[], attributes = {}): string {
  const all = { T: type("float32"), use_locking: flag(false), ...attributes };
  const node = l.writer.node(operation, [...inputs, `^${l.notes.barrier}`], all);
  l.notes.updates.push(node);
  return node;
}

const plainSgd: Lower = (l) => {
  const { decay } = l.attributes<{ readonly decay: number }>();
  const gradient = decayed(l, decay);
  const variable = l.replaced(0, 0);
  if (variable === undefined) {
    finish(l, l.writer.mul(gradient, l.input(2)), []);
    return;
  }
  inPlace(l, "ResourceApplyGradientDescent", [variable, l.input(2), gradient]);
  l.notes.changes.set(l.outputId(1), { of: gradient, by: l.input(2) });
};

const sgd: Lower = (l) => {
  const { writer: w } = l;
  const { momentum, nesterov, decay } = l.attributes<SgdAttributes>();
  const share = w.scalar(momentum);
  const gradient = decayed(l, decay);
  const [variable, slot] = [l.replaced(0, 0), l.replaced(2, 2)];
  if (variable === undefined || slot === undefined) {
    const buffer = w.add(w.mul(l.input(2), share), gradient);
    const direction = nesterov ? w.add(gradient, w.mul(buffer, share)) : buffer;
    finish(l, w.mul(direction, l.input(3)), [buffer]);
    return;
  }
  const inputs = [variable, slot, l.input(3), gradient, share];
  const update = inPlace(l, "ResourceApplyMomentum", inputs, { use_nesterov: flag(nesterov) });
  const buffer = w.node("ReadVariableOp", [slot, `^${update}`], { dtype: type("float32") });
  const direction = nesterov ? w.add(gradient, w.mul(buffer, share)) : buffer;
  l.notes.changes.set(l.outputId(1), { of: direction, by: l.input(3) });
};

const adam: Lower = (l) => {
  const { writer: w } = l;
  const { beta1, beta2, eps, decay, decoupled } = l.attributes<AdamAttributes>();
  const gradient = decayed(l, decoupled ? 0 : decay);
  const averaged = (old: string, now: string, share: number) =>
    w.add(w.mul(old, w.scalar(share)), w.mul(now, w.scalar(1 - share)));
  const mean = averaged(l.input(2), gradient, beta1);
  const meanSquare = averaged(l.input(3), w.mul(gradient, gradient), beta2);
  const root = w.mul(w.unary("Sqrt", meanSquare), l.input(6));
  const direction = w.div(mean, w.add(root, w.scalar(eps)));
  let change = w.mul(direction, w.mul(l.input(4), l.input(5)));
  if (decoupled && decay !== 0) change = w.add(change, w.mul(l.input(0), w.mul(l.input(4), w.scalar(decay))));
  finish(l, change, [mean, meanSquare]);
};

/** Formula: `optimizers/adamax.ts`. */
const adamax: Lower = (l) => {
  const { writer: w } = l;
  const { beta1, beta2, eps, decay } = l.attributes<AdamaxAttributes>();
  const gradient = decayed(l, decay);
  const mean = w.add(w.mul(l.input(2), w.scalar(beta1)), w.mul(gradient, w.scalar(1 - beta1)));
  const size = w.add(w.unary("Abs", gradient), w.scalar(eps));
  const largest = w.node("Maximum", [w.mul(l.input(3), w.scalar(beta2)), size]);
  finish(l, w.mul(w.div(mean, largest), w.mul(l.input(4), l.input(5))), [mean, largest]);
};

/** TensorFlow's L2Loss is half of a sum of squares. */
const sumSquares: Lower = (l) => {
  const { writer: w } = l;
  const halves = l.op.inputs.map((id) => {
    const change = l.notes.changes.get(id);
    if (change === undefined) return w.unary("L2Loss", l.values.get(id));
    return w.mul(w.unary("L2Loss", change.of), w.mul(change.by, change.by));
  });
  const [only = "", ...others] = halves;
  const attributes = { N: whole(halves.length), T: type("float32") };
  l.output(0, w.mul(others.length === 0 ? only : w.node("AddN", halves, attributes), w.scalar(2)));
};

const clipFactor: Lower = (l) => {
  const { writer: w } = l;
  const { limit } = l.attributes<{ readonly limit: number }>();
  const norm = w.add(w.unary("Sqrt", l.input(0)), w.scalar(1e-6));
  l.output(0, w.node("Minimum", [w.div(w.scalar(limit), norm), w.scalar(1)]));
};

export const updates: Readonly<Record<string, Lower>> = {
  "lerac.PlainSgdUpdate": plainSgd,
  "lerac.SgdUpdate": sgd,
  "lerac.AdamUpdate": adam,
  "lerac.AdamaxUpdate": adamax,
  "lerac.PlanRow": (l) =>
    l.output(0, l.writer.gather(l.input(0), l.writer.whole("Sub", [l.input(1), l.input(2)]))),
  "lerac.Column": (l) => {
    const { column } = l.attributes<{ readonly column: number }>();
    l.output(0, l.writer.gather(l.input(0), l.writer.word(column)));
  },
  "lerac.Advance": (l) => l.output(0, l.writer.whole("AddV2", [l.input(0), l.writer.word(1)])),
  "lerac.SumSquares": sumSquares,
  "lerac.ClipFactor": clipFactor,
  "lerac.ClipValue": (l) => {
    const { writer: w } = l;
    const { limit } = l.attributes<{ readonly limit: number }>();
    const above = w.node("Maximum", [l.input(0), w.scalar(-limit)]);
    l.output(0, w.node("Minimum", [above, w.scalar(limit)]));
  },
  "lerac.Row": (l) => {
    const attributes = { N: whole(l.count), T: type("float32"), axis: whole(0) };
    l.output(0, l.writer.node("Pack", l.inputs(), attributes));
  },
};
