import { sources } from "../language/sources/index.js";
import { transforms } from "../language/transforms/index.js";
import {
  address,
  amount,
  count,
  flag,
  list,
  oneOf,
  orNull,
  rate,
  record,
  share,
  size,
  splitName,
  text,
  time,
} from "./schema-parts.js";
import { claim, plan, planMembers, planOptions } from "./schema-plan.js";

/**
 * The JSON Schema (draft 7) of a compiled program file: an envelope with format tag and hash around a
 * `TrainingProgram` (`types.ts`, which it mirrors). Nothing unknown is let in.
 */

const shape = list(count, 0, 6);

/** An entry of a table by name, with arguments that `legality.ts` holds against the table. */
function called(names: Iterable<string>, properties: Record<string, object> = {}): object {
  const attribute = {
    anyOf: [{ type: "number" }, flag, text, list({ type: ["number", "string"] }, 0, 4096), { type: "null" }],
  };
  return {
    type: "object",
    properties: { kind: { enum: [...names] }, ...properties },
    required: ["kind", ...Object.keys(properties)],
    maxProperties: 64,
    additionalProperties: attribute,
  };
}

const split = record(
  {
    names: list(text, 1, 64),
    part: { type: "array", items: share, minItems: 2, maxItems: 2 },
    shuffle: orNull(size),
    transforms: list(called(transforms.keys()), 0, 64),
  },
  { by: text },
);

const range = { kind: { const: "range" }, low: { type: "number" }, high: { type: "number" } };

const data = record(
  {
    name: text,
    source: called(sources.keys(), { path: text }),
    sample: oneOf({
      image: { height: count, width: count, channels: count },
      spectrogram: { bands: count, frames: count },
      audio: { samples: count },
      features: { n: count },
      tokens: {
        length: count,
        fields: { type: "object", maxProperties: 64, additionalProperties: text },
      },
    }),
    classes: orNull({ type: "integer", minimum: 2, maximum: 1_000_000 }),
    classNames: orNull(list(text, 2)),
    train: split,
    val: orNull(split),
    test: orNull(split),
    scale: orNull({
      type: "object",
      required: ["kind"],
      discriminator: { propertyName: "kind" },
      oneOf: [
        record({
          kind: { const: "standard" },
          mean: list({ type: "number" }, 1, 4096),
          std: list(rate, 1, 4096),
        }),
        record(range, { per: { enum: ["sample", "dataset"] } }),
      ],
    }),
  },
  {
    target: text,
    folds: oneOf({ own: { count }, kfold: { count, shuffle: size, by: orNull(text) } }),
  },
);

const weights = record({
  address,
  file: text,
  prefix: text,
  layout: { enum: ["lerac", "torch"] },
  tensors: list(record({ address, key: text }), 1),
  ignore: list(text, 0, 4096),
});

const tensor = record({
  address,
  shape,
  trainable: flag,
  init: oneOf({
    constant: { value: { type: "number" } },
    normal: { std: { type: "number", minimum: 0 } },
    truncated_normal: { std: { type: "number", minimum: 0 } },
    uniform: { limit: { type: "number", minimum: 0 } },
  }),
});

const layer = record(
  {
    address,
    operator: text,
    inputs: list(address, 0, 64),
    attributes: {
      type: "object",
      maxProperties: 64,
      additionalProperties: {
        anyOf: [
          { type: "number" },
          flag,
          text,
          list({ anyOf: [{ type: "number" }, list({ type: "number" }, 0, 4096)] }, 0, 4096),
          { type: "null" },
        ],
      },
    },
    output: shape,
    tensors: list(tensor, 0, 64),
    multiplyAdds: size,
    title: text,
  },
  { outputs: list(shape, 1, 64) },
);

const model = record({
  name: text,
  inputs: list(record({ name: address, shape }), 1, 64),
  layers: list(layer, 1, 20_000),
  parameters: size,
  multiplyAdds: size,
});

const positive = { type: "number", exclusiveMinimum: 0 };
/** A share that never reaches the whole. */
const lesser = { type: "number", minimum: 0, exclusiveMaximum: 1 };

const loss = oneOf({
  cross_entropy: { smoothing: lesser, weights: orNull(list(amount, 1, 1_000_000)) },
  focal: { gamma: amount, alpha: orNull(list(amount, 1, 1_000_000)) },
  bce: {},
  mse: {},
  mae: {},
  huber: { delta: positive },
  smooth_l1: { beta: positive },
  detection: { box: amount, objectness: amount, class: amount },
});

const named = { name: text };
const metric = oneOf({
  accuracy: named,
  top: { name: text, k: count },
  precision: named,
  recall: named,
  f1: named,
  auc: named,
  mae: named,
  rmse: named,
  map: { name: text, overlap: { type: "array", items: share, minItems: 2, maxItems: 2 } },
});

const moments = { rate, beta1: lesser, beta2: lesser, eps: amount, weightDecay: amount };
const optimizer = oneOf({
  sgd: { rate, momentum: lesser, nesterov: flag, weightDecay: amount },
  adam: moments,
  adamw: moments,
  adamax: moments,
  lamb: moments,
  rmsprop: { rate, alpha: lesser, eps: amount, momentum: lesser, centered: flag, weightDecay: amount },
  adagrad: { rate, eps: amount, initial: amount, weightDecay: amount },
});

const train = record(
  {
    loss,
    metrics: list(metric, 1, 64),
    optimizer,
    batch: count,
    lastBatch: { enum: ["keep", "drop"] },
    length: record({ unit: { enum: ["epochs", "steps"] }, value: count }),
    evaluateEvery: time,
    keep: oneOf({ last: {}, best: { split: splitName, metric: text } }),
  },
  {
    stop: oneOf({
      early: { split: splitName, metric: text, patience: time },
      after: { seconds: positive },
    }),
    clip: oneOf({ norm: { limit: positive }, value: { limit: positive } }),
    average: oneOf({ ema: { decay: lesser } }),
  },
);

const program = record(
  {
    lerac: { const: 1 },
    experiment: record({ name: text, seeds: list(size, 1, 1000) }),
    params: {
      type: "object",
      maxProperties: 1000,
      additionalProperties: { type: ["number", "string", "boolean"] },
    },
    data,
    model,
    train,
    plan,
    arms: list(
      record({ name: text, curricula: list(text, 1, 64), plan: record(planMembers, planOptions) }),
      0,
      32,
    ),
    claims: list(claim, 0, 1000),
  },
  { weights: list(weights, 1, 64) },
);

export const programFormat = "lerac program 1";

export const programSchema = {
  $id: "lerac-program-1",
  ...record(
    {
      format: { const: programFormat },
      sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
      program,
    },
    { spec: text },
  ),
};
