/**
 * JSON Schemas of the records of `events.jsonl` ("lerac events 1"), one for each type. Unknown fields are allowed: a
 * reader ignores them. A measured number may be null: JSON has no NaN and no infinity, and a run that diverges is just
 * the one whose events matter.
 */
const number = { type: "number" } as const;
const count = { type: "integer", minimum: 0 } as const;
const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const measured = { type: ["number", "null"] } as const;
const optionalNumber = { type: ["number", "null"] } as const;
const optionalText = { type: ["string", "null"] } as const;
const measurements = { type: "object", additionalProperties: measured } as const;
const perLevel = { type: "array", items: measured } as const;

function record(
  properties: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
): object {
  return { type: "object", properties: { ...properties, ...optional }, required: Object.keys(properties) };
}

/** What every record has. */
export const headSchema = record({
  v: { const: 1 },
  type: text,
  seq: count,
  at: text,
  run: text,
  step: { type: "number", minimum: 0 },
  epoch: { type: "number", minimum: 0 },
});

const losses = { type: "object", required: ["loss"], additionalProperties: measured };

/** What a record of a type has besides the head. */
export const bodySchemas: Readonly<Record<string, object>> = {
  "run.start": record({
    lerac: text,
    program: text,
    experiment: text,
    spec: text,
    curriculum: text,
    seed: number,
    seeds: count,
    fold: optionalNumber,
    backend: text,
    device: text,
    threads: count,
    epochs: number,
    steps: count,
    steps_per_epoch: { type: "number", exclusiveMinimum: 0 },
    samples: count,
    levels: { type: "array", items: record({ level: count, address: text, parameters: count }) },
    resumed_from_step: optionalNumber,
  }),
  phase: record({
    phase: { enum: ["compile", "train", "evaluate", "checkpoint", "pause"] },
    state: { enum: ["begin", "progress", "end"] },
    done: number,
    total: optionalNumber,
    seconds: number,
  }),
  step: record({
    loss: measured,
    metrics: measurements,
    rates: perLevel,
    update_ratio: perLevel,
    grad_norm: perLevel,
    steps_per_second: measured,
    samples_per_second: measured,
    seconds: record({ step: number, data: number, evaluate: number, checkpoint: number, other: number }),
    left_seconds: optionalNumber,
  }),
  epoch: record({ train: losses, val: { anyOf: [losses, { type: "null" }] }, best: flag, seconds: number }),
  evaluation: record({
    split: text,
    metrics: measurements,
    samples: count,
    seconds: number,
    checkpoint: optionalText,
  }),
  rates: record({ t: number, planned: perLevel, applied: perLevel, equal: flag }),
  checkpoint: record({
    name: text,
    file: text,
    bytes: count,
    sha256: text,
    reason: { enum: ["epoch", "best", "request", "stop", "end"] },
    best: flag,
  }),
  command: record({
    command: { enum: ["pause", "continue", "checkpoint", "evaluate", "stop_after_epoch", "stop", "abort"] },
    from: { enum: ["monitor", "signal", "cli", "api"] },
    accepted: flag,
    reason: optionalText,
  }),
  warning: record({ code: text, message: text, address: optionalText, count: number }),
  health: record({
    kind: { enum: ["nan", "inf", "diverged", "dead", "exploding"] },
    address: optionalText,
    tensor: optionalText,
    pass: { enum: ["forward", "backward", "update"] },
    action: { enum: ["stop", "rewind", "skip"] },
  }),
  system: record({
    rss_bytes: number,
    cpu_percent: optionalNumber,
    gpu_percent: optionalNumber,
    gpu_memory_bytes: optionalNumber,
    disk_free_bytes: optionalNumber,
    tensors: optionalNumber,
  }),
  heartbeat: record({ pid: count, uptime_seconds: number }),
  log: record({ level: { enum: ["debug", "info", "warn", "error"] }, text }),
  "run.end": record(
    {
      outcome: { enum: ["completed", "stopped", "failed", "aborted"] },
      exit: { type: "integer" },
      seconds: number,
      best: {
        type: "object",
        properties: { checkpoint: text, metric: text, value: number, epoch: number },
      },
      final: measurements,
      code: optionalText,
    },
    {
      error: record({
        code: optionalText,
        message: text,
        place: optionalText,
        notes: { type: "array", items: text },
        helps: { type: "array", items: text },
      }),
    },
  ),
};

/** The whole of "lerac events 1" as one JSON Schema (draft 2020-12), for readers in other languages. */
export const eventsSchema: object = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "lerac events 1",
  description: "One line of events.jsonl. Readers ignore unknown fields and unknown types.",
  allOf: [
    headSchema,
    ...Object.entries(bodySchemas).map(([type, body]) => ({
      if: { properties: { type: { const: type } }, required: ["type"] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: body,
    })),
  ],
};
