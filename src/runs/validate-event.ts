import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { bodySchemas, eventsSchema } from "./event-schema.js";

let validate: ValidateFunction | undefined;

/**
 * What is wrong with a record by the published schema of "lerac events 1"; an empty list when nothing is. Strict where
 * readers are lenient: a type that is not in the schema is a fault. For tests and tools, not for every event.
 */
export function validateEvent(record: unknown): string[] {
  validate ??= new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
  }).compile(eventsSchema);
  if (!validate(record))
    return (
      (validate.errors ?? [])
        // The fault inside of a type's part is listed by itself; that its `if` therefore fails says nothing more.
        .filter((error) => error.keyword !== "if")
        .map((error) => `${error.instancePath || "record"} ${error.message ?? ""}`)
    );
  const { type } = record as { readonly type: string };
  return Object.hasOwn(bodySchemas, type) ? [] : [`type ${type} is not in the schema`];
}
