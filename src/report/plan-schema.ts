import { planFormat } from "./plan-document.js";

/**
 * The JSON Schema (draft 7) of `lerac plan --json`, published as `docs/reference/plan.schema.json`. Readers should let
 * members pass that they don't know; a changed meaning gets a new `format`.
 */

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const positive = { type: "integer", minimum: 1 };
const amount = { type: "number", minimum: 0 };
const hash = { type: "string", pattern: "^[0-9a-f]{64}$" };

function list(items: object, minItems = 0): object {
  return { type: "array", items, minItems };
}

function record(properties: Readonly<Record<string, object>>): object {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function orNull(schema: object): object {
  return { anyOf: [{ type: "null" }, schema] };
}

/** What the language may give new members without a new format. */
const kind = { type: "object", properties: { kind: text }, required: ["kind"] };
const time = record({ unit: { enum: ["epochs", "steps", "share"] }, value: amount });
/** Rate 0 is frozen; `until` null is for good. */
const hold = orNull(record({ rate: amount, until: orNull(time) }));

export const planSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "lerac-plan-1",
  title: "lerac plan",
  description: "Layers, levels and planned learning rates of one training run.",
  ...record({
    format: { const: planFormat },
    lerac: { const: 1, description: "version of the language" },
    experiment: text,
    curriculum: text,
    plan: { ...hash, description: "sha256 of the rate plan" },
    program: { ...hash, description: "sha256 of the program" },
    model: record({
      name: text,
      parameters: { ...count, description: "trainable numbers" },
      multiplyAdds: { ...count, description: "of one sample's forward pass" },
      layers: list(
        record({
          address: text,
          operator: text,
          title: text,
          inputs: list(text),
          output: { ...list(positive), description: "of one sample, channels last" },
          parameters: count,
          multiplyAdds: count,
          levels: { ...list(positive), description: "numbers of the levels its tensors are in" },
        }),
        1,
      ),
    }),
    levels: list(
      record({
        level: positive,
        address: text,
        parameters: count,
        start: amount,
        hold,
        tensors: list(text, 1),
      }),
    ),
    rule: kind,
    schedule: kind,
    every: time,
    modifiers: list(kind),
    rates: {
      ...orNull(
        record({
          unit: { enum: ["epoch", "step"] },
          until: { ...amount, description: "k: until then the curriculum sets the rates" },
          t: list(amount, 1),
          rates: list(list(amount), 1),
        }),
      ),
      description:
        "rates[i][j] is in force for level j + 1 from t[i] on; null where data decide and are not here",
    },
    train: record({
      samples: orNull(count),
      stepsPerEpoch: orNull(positive),
      steps: orNull(positive),
      batch: positive,
      lastBatch: { enum: ["keep", "drop"] },
      length: record({ unit: { enum: ["epochs", "steps"] }, value: positive }),
    }),
    memory: {
      ...record({
        activationsPerSample: count,
        parameters: count,
        gradients: count,
        optimizerState: count,
        compiledStep: count,
        step: count,
      }),
      description: "bytes, estimated; `step` is one that is trained operation by operation",
    },
    claims: list(record({ text, arms: list(text) })),
  }),
};
