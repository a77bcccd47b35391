import type { ArgumentSpec, ArgumentTable } from "./arguments.js";

/**
 * Whether values in the form of a program are ones that the table's arguments can have: all there, no others, each of
 * its type and within its bounds. For programs that come from anywhere; the checker does not need it.
 */
export function areArgumentsOf(table: ArgumentTable, values: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(table);
  if (Object.keys(values).sort().join() !== [...names].sort().join()) return false;
  return names.every((name) => {
    const spec = table[name];
    return spec !== undefined && isValueOf(spec, values[name]);
  });
}

function isValueOf(spec: ArgumentSpec, value: unknown): boolean {
  if (value === null || isDefault(spec, value)) return value !== null || spec.default === null;
  switch (spec.type) {
    case "count":
    case "length":
      return Number.isSafeInteger(value) && inBounds(spec, value);
    // A length of sound is in samples by now.
    case "duration":
      return Number.isSafeInteger(value) && (value as number) >= 1;
    case "number":
    case "percentage":
    case "frequency":
    case "level":
      return inBounds(spec, value);
    case "boolean":
      return typeof value === "boolean";
    case "word":
      return typeof value === "string" && (spec.words?.includes(value) ?? true);
    case "string":
    case "name":
      return typeof value === "string";
    case "names":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    case "counts":
      return (
        Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && inBounds(spec, item))
      );
    case "rows":
      return Array.isArray(value) && value.every((row) => Array.isArray(row) && row.every(Number.isFinite));
    case "numbers":
    case "range":
      return Array.isArray(value) && value.every((item) => inBounds(spec, item));
    default:
      return true;
  }
}

function isDefault(spec: ArgumentSpec, value: unknown): boolean {
  return typeof spec.default !== "function" && JSON.stringify(spec.default) === JSON.stringify(value);
}

function inBounds(spec: ArgumentSpec, value: unknown): boolean {
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (spec.minimum !== undefined && value < spec.minimum) return false;
  if (spec.maximum === undefined) return true;
  return spec.openEnd === true ? value < spec.maximum : value <= spec.maximum;
}
