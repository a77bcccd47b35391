import { validatorOf as named } from "../base/validators.js";
import { bodySchemas, headSchema } from "./event-schema.js";
import type { RunEvent } from "./events.js";

/** What a line of `events.jsonl` turned out to be. */
export type ParsedLine =
  | { readonly kind: "event"; readonly event: RunEvent }
  /** A type of record that this version does not know: fine, and ignored. */
  | { readonly kind: "unknown" }
  /** Not a record of "lerac events 1": torn, overwritten, or of a newer schema. */
  | { readonly kind: "damaged" };

const options = { strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false };
const head = named<RunEvent>("event head", headSchema, options);
/** Each is made when its type is first met: a watcher that only sees heartbeats needs no other. */
const bodies = new Map(
  Object.entries(bodySchemas).map(([type, schema]) => [
    type,
    named<RunEvent>(`event ${type}`, schema, options),
  ]),
);

/** Reads one line of `events.jsonl`. Total: any text gives a result, nothing is thrown. */
export function parseEvent(line: string): ParsedLine {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return { kind: "damaged" };
  }
  if (!head()(record) || Number.isNaN(Date.parse(record.at))) return { kind: "damaged" };
  const body = bodies.get(record.type);
  if (body === undefined) return { kind: "unknown" };
  if (!body()(record)) return { kind: "damaged" };
  return { kind: "event", event: withNotANumbers(record) };
}

/** JSON writes NaN and the infinities as null; where a measurement is due, null becomes NaN again. */
function withNotANumbers(event: RunEvent): RunEvent {
  switch (event.type) {
    case "step":
      return {
        ...event,
        loss: measured(event.loss),
        metrics: allMeasured(event.metrics),
        rates: event.rates.map(measured),
        update_ratio: event.update_ratio.map(measured),
        grad_norm: event.grad_norm.map(measured),
        steps_per_second: measured(event.steps_per_second),
        samples_per_second: measured(event.samples_per_second),
      };
    case "epoch":
      return {
        ...event,
        train: { ...allMeasured(event.train), loss: measured(event.train.loss) },
        val: event.val === null ? null : { ...allMeasured(event.val), loss: measured(event.val.loss) },
      };
    case "evaluation":
      return { ...event, metrics: allMeasured(event.metrics) };
    case "rates":
      return { ...event, planned: event.planned.map(measured), applied: event.applied.map(measured) };
    case "run.end":
      return { ...event, final: allMeasured(event.final) };
    default:
      return event;
  }
}

function measured(value: number | null): number {
  return value ?? Number.NaN;
}

function allMeasured(values: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, measured(value)]));
}
