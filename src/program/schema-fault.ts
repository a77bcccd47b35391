import type { ErrorObject } from "ajv";

/**
 * Where a JSON document differs from its schema, in words of the document: a path of members and what is wrong there,
 * never a word of the schema.
 */
export function describeFault(errors: readonly ErrorObject[]): string {
  // The deepest place says most: what is above it fails only because of it.
  const [deepest] = [...errors].sort((a, b) => depth(b) - depth(a));
  const path = (deepest?.instancePath ?? "").split("/").slice(1).join(".");
  return `at ${path === "" ? "the top" : `\`${path}\``}: ${faultOf(deepest)}`;
}

function depth(error: ErrorObject): number {
  return error.instancePath.split("/").length;
}

function faultOf(error: ErrorObject | undefined): string {
  if (error?.keyword === "required") return `\`${String(error.params.missingProperty)}\` is missing`;
  if (error?.keyword === "additionalProperties") {
    return `\`${String(error.params.additionalProperty)}\` is not known`;
  }
  return "the value is not one that can stand here";
}
