/** What the parts of the program schema are made of. */

export const text = { type: "string", maxLength: 4096 };
export const address = { type: "string", minLength: 1, maxLength: 4096 };
export const count = { type: "integer", minimum: 1, maximum: 1e9 };
export const size = { type: "integer", minimum: 0, maximum: 2 ** 53 - 1 };
export const rate = { type: "number", exclusiveMinimum: 0 };
export const share = { type: "number", minimum: 0, maximum: 1 };
export const flag = { type: "boolean" };

export function list(items: object, minItems = 0, maxItems = 100_000): object {
  return { type: "array", items, minItems, maxItems };
}

/** An object with exactly these members, all required but those of `optional`. */
export function record(properties: Record<string, object>, optional: Record<string, object> = {}): object {
  return {
    type: "object",
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** One of several records told apart by their `kind`. */
export function oneOf(kinds: Record<string, Record<string, object>>): object {
  return {
    type: "object",
    required: ["kind"],
    discriminator: { propertyName: "kind" },
    oneOf: Object.entries(kinds).map(([kind, members]) => record({ kind: { const: kind }, ...members })),
  };
}

export function orNull(schema: object): object {
  return { anyOf: [{ type: "null" }, schema] };
}

export const time = record({ unit: { enum: ["epochs", "steps", "share"] }, value: rate });
export const splitName = { enum: ["train", "val", "test"] };
export const amount = { type: "number", minimum: 0 };
