/**
 * The JSON Schema (draft 7) of a compiled program file: an envelope with format tag and hash around a
 * `TrainingProgram` (`types.ts`, which it mirrors). Nothing unknown is let in.
 */

const text = { type: "string", maxLength: 4096 };
const address = { type: "string", minLength: 1, maxLength: 4096 };
const count = { type: "integer", minimum: 1, maximum: 1e9 };
const size = { type: "integer", minimum: 0, maximum: 2 ** 53 - 1 };
const rate = { type: "number", exclusiveMinimum: 0 };
const share = { type: "number", minimum: 0, maximum: 1 };
const flag = { type: "boolean" };

function list(items: object, minItems = 0, maxItems = 100_000): object {
  return { type: "array", items, minItems, maxItems };
}

/** An object with exactly these members, all required. */
function record(properties: Record<string, object>): object {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** One of several records told apart by their `kind`. */
function oneOf(kinds: Record<string, Record<string, object>>): object {
  return {
    type: "object",
    required: ["kind"],
    discriminator: { propertyName: "kind" },
    oneOf: Object.entries(kinds).map(([kind, members]) => record({ kind: { const: kind }, ...members })),
  };
}

function orNull(schema: object): object {
  return { anyOf: [{ type: "null" }, schema] };
}

const shape = list(count, 0, 6);
const time = record({ unit: { enum: ["epochs", "steps", "share"] }, value: rate });
const splitName = { enum: ["train", "val", "test"] };

const transform = oneOf({
  shift: { pixels: { type: "integer", minimum: 0, maximum: 4096 } },
  flip: {},
  resize: { height: count, width: count },
});

const split = record({
  names: list(text, 1, 64),
  part: { type: "array", items: share, minItems: 2, maxItems: 2 },
  shuffle: orNull(size),
  transforms: list(transform, 0, 64),
});

const data = record({
  name: text,
  source: oneOf({ idx: { path: text }, image_folder: { path: text } }),
  sample: record({ kind: { const: "image" }, height: count, width: count, channels: count }),
  classes: { type: "integer", minimum: 2, maximum: 1_000_000 },
  classNames: orNull(list(text, 2)),
  train: split,
  val: orNull(split),
  test: orNull(split),
  scale: orNull(
    oneOf({
      standard: { mean: list({ type: "number" }, 1, 4096), std: list(rate, 1, 4096) },
      range: { low: { type: "number" }, high: { type: "number" } },
    }),
  ),
});

const tensor = record({
  address,
  shape,
  trainable: flag,
  init: oneOf({
    constant: { value: { type: "number" } },
    normal: { std: { type: "number", minimum: 0 } },
    uniform: { limit: { type: "number", minimum: 0 } },
  }),
});

const layer = record({
  address,
  operator: text,
  inputs: list(address, 0, 64),
  attributes: {
    type: "object",
    maxProperties: 64,
    additionalProperties: {
      anyOf: [{ type: "number" }, flag, text, list({ type: "number" }, 0, 4096), { type: "null" }],
    },
  },
  output: shape,
  tensors: list(tensor, 0, 64),
  multiplyAdds: size,
  title: text,
});

const model = record({
  name: text,
  inputs: list(record({ name: address, shape }), 1, 64),
  layers: list(layer, 1, 20_000),
  parameters: size,
  multiplyAdds: size,
});

const train = record({
  loss: oneOf({ cross_entropy: {} }),
  metrics: list(oneOf({ accuracy: { name: text }, top: { name: text, k: count } }), 1, 64),
  optimizer: oneOf({
    sgd: {
      rate,
      momentum: { type: "number", minimum: 0, exclusiveMaximum: 1 },
      nesterov: flag,
      weightDecay: { type: "number", minimum: 0 },
    },
    adam: {
      rate,
      beta1: { type: "number", minimum: 0, exclusiveMaximum: 1 },
      beta2: { type: "number", minimum: 0, exclusiveMaximum: 1 },
      eps: { type: "number", minimum: 0 },
      weightDecay: { type: "number", minimum: 0 },
    },
  }),
  batch: count,
  lastBatch: { enum: ["keep", "drop"] },
  length: record({ unit: { enum: ["epochs", "steps"] }, value: count }),
  evaluateEvery: time,
  keep: oneOf({ last: {}, best: { split: splitName, metric: text } }),
});

const plan = record({
  curriculum: text,
  levels: list(record({ address, tensors: list(address, 1), start: rate }), 1, 4096),
  rule: oneOf({
    conventional: { common: rate },
    lerac: {
      common: rate,
      until: time,
      growth: { const: "exponential" },
      spacing: { enum: ["log", "linear", "listed"] },
    },
  }),
  schedule: oneOf({ constant: {}, cosine: { floor: { type: "number", minimum: 0 } } }),
  every: time,
  table: orNull(
    record({
      t: list({ type: "number", minimum: 0 }, 1, 4096),
      rates: list(list({ type: "number", minimum: 0 }, 1, 4096), 1, 4096),
    }),
  ),
});

const program = record({
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
  arms: list(record({ name: text, curricula: list(text, 1, 64) }), 0, 32),
  claims: list(record({ text, arms: list(text, 1, 2) }), 0, 1000),
});

export const programFormat = "lerac program 1";

export const programSchema = {
  $id: "lerac-program-1",
  ...record({
    format: { const: programFormat },
    sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
    program,
  }),
};
