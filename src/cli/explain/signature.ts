import type { ArgumentSpec, ArgumentTable } from "../../language/arguments.js";

/** `conv2d(filters, size, stride: 1, padding: (size - 1) / 2 for odd sizes)`. */
export function signature(name: string, table: ArgumentTable): string {
  const parts = Object.entries(table).map(([key, spec]) => {
    const value = defaultText(spec);
    return value === null ? `${key}${spec.rest === true ? "…" : ""}` : `${key}: ${value}`;
  });
  return parts.length === 0 ? name : `${name}(${parts.join(", ")})`;
}

/** Rows of name, type, what it is. */
export function argumentRows(table: ArgumentTable): string[][] {
  return Object.entries(table).map(([key, spec]) => [key, typeText(spec), meaning(spec)]);
}

/** An argument for machines. */
export function argumentJson([name, spec]: readonly [string, ArgumentSpec]) {
  return {
    name,
    type: spec.type,
    doc: spec.doc,
    default: defaultText(spec),
    ...(spec.minimum === undefined ? {} : { minimum: spec.minimum }),
    ...(spec.maximum === undefined ? {} : { maximum: spec.maximum, inclusive: spec.openEnd !== true }),
    ...(spec.words === undefined ? {} : { words: spec.words }),
  };
}

function typeText(spec: ArgumentSpec): string {
  return spec.rest === true ? `${spec.type}…` : spec.type;
}

function meaning(spec: ArgumentSpec): string {
  const bounds = boundsText(spec);
  const remarks = [
    ...(spec.words === undefined ? [] : [`one of ${spec.words.join(", ")}`]),
    ...(bounds === "" ? [] : [bounds]),
    ...(defaultText(spec) === null ? [] : [`default ${defaultText(spec)}`]),
  ];
  return [spec.doc, ...remarks].join("; ");
}

function boundsText({ minimum, maximum, openEnd, type }: ArgumentSpec): string {
  // That a count is at least 1 goes without saying.
  const low = minimum === undefined || (type === "count" && minimum === 1) ? "" : `at least ${minimum}`;
  const high = maximum === undefined ? "" : `${openEnd === true ? "below" : "at most"} ${maximum}`;
  return [low, high].filter((text) => text !== "").join(", ");
}

/** Null where the argument is required. */
export function defaultText(spec: ArgumentSpec): string | null {
  if (spec.defaultText !== undefined) return spec.defaultText;
  if (spec.default === undefined) return null;
  return typeof spec.default === "function" ? "computed" : valueText(spec.default);
}

function valueText(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 1 ? valueText(value[0]) : `[${value.map(valueText).join(", ")}]`;
  if (typeof value === "number") {
    return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : `${value}`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
