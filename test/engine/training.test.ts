import { afterEach, describe, expect, it } from "vitest";
import { type Batch, type Executor, loadExecutor } from "../../src/engine/index.js";
import type { OptimizerProgram } from "../../src/program/types.js";
import { centralDifferences, expectClose, randomValues, type Values } from "../harness/numeric.js";
import { programOf } from "../harness/program.js";
import { testedLibraries } from "./backends.js";
import * as reference from "./reference.js";

/**
 * Three optimizer steps of a small net with three levels at different rates, against the same in double precision:
 * forward pass in plain loops, gradients by central differences, update rules written out once more.
 */
const input = [6, 6, 2];
const classes = 4;
const size = 5;

/** A convolution's bias before batch norm has the gradient 0, whose rounding Adam would blow up: so none with Adam. */
function programWith(optimizer: OptimizerProgram) {
  return programOf({
    input,
    optimizer,
    layers: [
      { operator: "conv2d", address: "conv", args: { filters: 3, size: 3, bias: optimizer.kind === "sgd" } },
      { operator: "batch_norm", address: "norm" },
      { operator: "relu" },
      { operator: "max_pool", args: { size: 2 } },
      { operator: "flatten" },
      { operator: "dense", address: "head", args: { units: classes } },
    ],
    levels: [["conv"], ["norm"], ["head"]],
  });
}
const levelOf: Readonly<Record<string, number>> = { conv: 0, norm: 1, head: 2 };

type Weights = Map<string, Values>;

function meanLoss(weights: Weights, x: Values, labels: Int32Array): number {
  const get = (name: string) => weights.get(name) as Values;
  const options = { stride: 1, padding: 1, dilation: 1, groups: 1 };
  const conv = reference.conv2d(x, get("conv.weight"), weights.get("conv.bias") ?? null, options);
  const norm = reference.batchNorm(conv, get("norm.weight"), get("norm.bias"), 1e-5);
  const pooled = reference.maxPool2d(reference.relu(norm), { size: 2, stride: 2, padding: 0 });
  const flat = { shape: [size, 27], data: pooled.data };
  const logits = reference.linear(flat, get("head.weight"), get("head.bias"));
  return reference.crossEntropySum(logits, labels) / size;
}

/** Two moments after one more gradient, kept in `slots`. */
function moments(slots: number[], g: number, { beta1, beta2 }: { beta1: number; beta2: number }) {
  const mean = beta1 * (slots[0] ?? 0) + (1 - beta1) * g;
  const square = beta2 * (slots[1] ?? 0) + (1 - beta2) * g * g;
  slots[0] = mean;
  slots[1] = square;
  return { mean, square };
}

/**
 * The update rules for a single number; `slots` is changed in place. LAMB also needs its whole tensor: for it this is
 * the direction, which the caller scales.
 */
function change(
  rule: OptimizerProgram,
  weight: number,
  gradient: number,
  slots: number[],
  rate: number,
  step: number,
): number {
  const g = gradient + rule.weightDecay * weight;
  switch (rule.kind) {
    case "sgd": {
      const buffer = rule.momentum * (slots[0] ?? 0) + g;
      slots[0] = buffer;
      return rate * (rule.nesterov ? g + rule.momentum * buffer : buffer);
    }
    case "adam":
    case "adamw": {
      const { mean, square } = moments(slots, rule.kind === "adam" ? g : gradient, rule);
      const corrected = Math.sqrt(square / (1 - rule.beta2 ** step)) + rule.eps;
      const decay = rule.kind === "adamw" ? rate * rule.weightDecay * weight : 0;
      return decay + (rate * mean) / (1 - rule.beta1 ** step) / corrected;
    }
    case "adamax": {
      const mean = rule.beta1 * (slots[0] ?? 0) + (1 - rule.beta1) * g;
      const largest = Math.max(rule.beta2 * (slots[1] ?? 0), Math.abs(g) + rule.eps);
      slots[0] = mean;
      slots[1] = largest;
      return ((rate / (1 - rule.beta1 ** step)) * mean) / largest;
    }
    case "lamb": {
      const { mean, square } = moments(slots, gradient, rule);
      const corrected = Math.sqrt(square / (1 - rule.beta2 ** step)) + rule.eps;
      return mean / (1 - rule.beta1 ** step) / corrected + rule.weightDecay * weight;
    }
    case "rmsprop": {
      const square = rule.alpha * (slots[0] ?? 0) + (1 - rule.alpha) * g * g;
      slots[0] = square;
      let spread = square;
      if (rule.centered) {
        const mean = rule.alpha * (slots[1] ?? 0) + (1 - rule.alpha) * g;
        slots[1] = mean;
        spread -= mean * mean;
      }
      const direction = g / (Math.sqrt(spread) + rule.eps);
      if (rule.momentum === 0) return rate * direction;
      const at = rule.centered ? 2 : 1;
      const buffer = rule.momentum * (slots[at] ?? 0) + direction;
      slots[at] = buffer;
      return rate * buffer;
    }
    case "adagrad": {
      const sum = (slots[0] ?? rule.initial) + g * g;
      slots[0] = sum;
      return (rate * g) / (Math.sqrt(sum) + rule.eps);
    }
  }
}

/** What is subtracted from a whole tensor. */
function changes(
  rule: OptimizerProgram,
  weights: Float64Array,
  gradients: Float64Array,
  slots: number[][],
  rate: number,
  step: number,
): Float64Array {
  const moved = weights.map((weight, i) =>
    change(rule, weight, gradients[i] as number, slots[i] as number[], rate, step),
  );
  if (rule.kind !== "lamb") return moved;
  const norm = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const [length, direction] = [norm(weights), norm(moved)];
  const ratio = length > 0 && direction > 0 ? length / direction : 1;
  return moved.map((value) => rate * ratio * value);
}

const adaptive = { rate: 0.01, beta1: 0.8, beta2: 0.95, eps: 1e-4 } as const;
const rmsprop = { kind: "rmsprop", rate: 0.01, alpha: 0.9, eps: 1e-3, weightDecay: 0.05 } as const;

const rules: readonly [string, OptimizerProgram][] = [
  ["plain SGD", { kind: "sgd", rate: 0.1, momentum: 0, nesterov: false, weightDecay: 0 }],
  ["SGD, momentum, decay", { kind: "sgd", rate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0.01 }],
  ["SGD, Nesterov, decay", { kind: "sgd", rate: 0.1, momentum: 0.8, nesterov: true, weightDecay: 0.01 }],
  ["Adam", { kind: "adam", rate: 0.01, beta1: 0.9, beta2: 0.99, eps: 1e-4, weightDecay: 0 }],
  ["AdamW", { ...adaptive, kind: "adamw", weightDecay: 0.05 }],
  ["Adamax, decay", { ...adaptive, kind: "adamax", weightDecay: 0.05 }],
  ["LAMB, decay", { ...adaptive, kind: "lamb", weightDecay: 0.05 }],
  ["RMSprop", { ...rmsprop, momentum: 0, centered: false }],
  ["RMSprop, centred, momentum", { ...rmsprop, momentum: 0.9, centered: true }],
  ["Adagrad", { kind: "adagrad", rate: 0.01, eps: 1e-4, initial: 0.1, weightDecay: 0.05 }],
  ["Adam, decay", { kind: "adam", rate: 0.01, beta1: 0.8, beta2: 0.95, eps: 1e-4, weightDecay: 0.05 }],
];

/** The slots of a rule, in the order of `change`. */
function slotOrder(rule: OptimizerProgram): readonly string[] {
  switch (rule.kind) {
    case "sgd":
      return rule.momentum === 0 ? [] : ["momentum"];
    case "adamax":
      return ["exp_avg", "exp_inf"];
    case "rmsprop":
      return rule.centered ? ["square_avg", "grad_avg", "momentum"] : ["square_avg"];
    case "adagrad":
      return ["sum"];
    default:
      return ["exp_avg", "exp_avg_sq"];
  }
}

let executor: Executor | null = null;
afterEach(() => executor?.dispose());

describe.each(testedLibraries)("three steps on %s", (backend) => {
  it.each(rules)("%s", async (_, rule) => {
    executor = await loadExecutor(programWith(rule), { backend, seed: 3 });
    const state = await executor.read();
    const slotNames = [...state.keys()].filter((name) => name.includes("/"));
    const weights: Weights = new Map(
      [...state]
        .filter(([name]) => !name.includes("/") && !/\.(mean|variance)$/.test(name))
        .map(([name, { shape, values }]) => [name, { shape, data: Float64Array.from(values) }]),
    );
    const slots = new Map(
      [...weights].map(([name, { data }]) => [name, Array.from(data, () => [] as number[])]),
    );

    const rates = [0, 1, 2].map((step) => Float32Array.of(0.01 * (step + 1), 0.1, 0.3 / (step + 1)));
    executor.writePlan(0, rates);
    for (const [step, row] of rates.entries()) {
      const x = randomValues([size, ...input], 20 + step);
      const labels = Int32Array.from({ length: size }, (_, i) => (i + step) % classes);
      const batch: Batch = {
        size,
        inputs: new Map([["image", { shape: x.shape, values: Float32Array.from(x.data) }]]),
        labels,
      };
      const outcome = await executor.step(batch);

      expectClose([outcome.loss], [meanLoss(weights, x, labels)], 1e-5, `loss of step ${step}`);
      const gradients = new Map(
        [...weights].map(([name, value]) => [
          name,
          centralDifferences(
            (data) => meanLoss(new Map(weights).set(name, { ...value, data }), x, labels),
            value.data,
            1e-6,
          ),
        ]),
      );
      const sums = row.map(() => 0);
      const squares = { gradient: sums.slice(), change: sums.slice(), weight: sums.slice() };
      for (const [name, { data }] of weights) {
        const level = levelOf[name.split(".")[0] as string] as number;
        const own = slots.get(name) ?? [];
        const slopes = gradients.get(name) ?? new Float64Array(data.length);
        const steps = changes(rule, data, slopes, own, row[level] as number, step + 1);
        data.forEach((weight, i) => {
          const gradient = slopes[i] as number;
          const moved = steps[i] as number;
          squares.gradient[level] = (squares.gradient[level] as number) + gradient ** 2;
          squares.change[level] = (squares.change[level] as number) + moved ** 2;
          squares.weight[level] = (squares.weight[level] as number) + weight ** 2;
          data[i] = weight - moved;
        });
      }
      expectClose(outcome.gradNorm, squares.gradient.map(Math.sqrt), 1e-5, "norms of gradients");
      const ratios = squares.change.map((sum, level) => Math.sqrt(sum / (squares.weight[level] as number)));
      expectClose(outcome.updateRatio, ratios, 1e-5, "update ratios");
    }

    const after = await executor.read();
    for (const [name, { data }] of weights) expectClose(after.get(name)?.values ?? [], data, 1e-5, name);
    for (const name of slotNames) {
      const [address = "", slot] = name.split("/");
      const index = slotOrder(rule).indexOf(slot ?? "");
      const expected = slots.get(address)?.map((own) => own[index] as number) ?? [];
      expectClose(after.get(name)?.values ?? [], expected, 1e-5, name);
    }
    expect(slotNames).toHaveLength(slotOrder(rule).length * weights.size);
  });
});
