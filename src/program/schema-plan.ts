import { curricula, schedules } from "../plan/index.js";
import {
  address,
  amount,
  flag,
  list,
  oneOf,
  orNull,
  rate,
  record,
  share,
  splitName,
  text,
  time,
} from "./schema-parts.js";

/** Something of the plan by its kind, with settings whose meaning `strangeInPlan` sees to. */
function planned(
  kinds: Iterable<string>,
  properties: Record<string, object>,
  optional: Record<string, object>,
) {
  const reference = record({ split: splitName, metric: text });
  const item = { anyOf: [{ type: "number" }, text, time] };
  return {
    ...record({ kind: { enum: [...kinds] }, ...properties }, optional),
    maxProperties: 64,
    additionalProperties: {
      anyOf: [
        { type: "number" },
        flag,
        text,
        time,
        startOfTime,
        reference,
        list(item, 0, 20_000),
        { type: "null" },
      ],
    },
  };
}

/** `0 epochs`, as a default says it. */
const startOfTime = record({ unit: { enum: ["epochs", "steps", "share"] }, value: { const: 0 } });

const level = record(
  { address, tensors: list(address, 1), start: amount },
  { hold: record({ rate: amount, until: orNull(time) }) },
);

export const planMembers = {
  curriculum: text,
  levels: list(level, 1, 4096),
  rule: planned(curricula.keys(), { common: rate }, { until: time }),
  schedule: planned(schedules.keys(), {}, { warmup: time }),
  every: time,
};
export const planOptions = { modifiers: list(planned(curricula.keys(), {}, {}), 1, 8) };

export const plan = record(
  {
    ...planMembers,
    table: orNull(
      record({
        t: list({ type: "number", minimum: 0 }, 1, 4096),
        rates: list(list({ type: "number", minimum: 0 }, 1, 4096), 1, 4096),
      }),
    ),
  },
  planOptions,
);

const claimSide = oneOf({
  number: { value: { type: "number" } },
  measured: { arm: text, split: splitName, metric: text },
});

export const claim = record({
  text,
  arms: list(text, 1, 2),
  left: claimSide,
  operator: { enum: ["==", "!=", "<", "<=", ">", ">="] },
  right: claimSide,
  within: orNull(amount),
  p: orNull(share),
});
