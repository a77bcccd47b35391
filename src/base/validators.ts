import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Options, ValidateFunction } from "ajv";

/** A JSON Schema (draft 7) under a name, and how Ajv is to read it. */
export interface NamedSchema {
  readonly schema: object;
  readonly options: Options;
}

const require = createRequire(import.meta.url);
const named = new Map<string, NamedSchema>();
const compiled = new Map<string, ValidateFunction>();

/** Every schema that a loaded module has named: what the build compiles ahead (`scripts/compile-schemas.mjs`). */
export const namedSchemas: ReadonlyMap<string, NamedSchema> = named;

/**
 * A function that gives the validator of a schema. It is made when it is first asked for, and not by Ajv where the build
 * has done that already: compiling the schema of a program takes Ajv a third of a second, which `lerac watch` would wait for.
 *
 * @param name unique among all schemas
 */
export function validatorOf<T>(
  name: string,
  schema: object,
  options: Options = {},
): () => ValidateFunction<T> {
  named.set(name, { schema, options });
  return () => {
    const known = compiled.get(name) ?? madeByTheBuild()[name]?.() ?? make(schema, options);
    compiled.set(name, known);
    return known as ValidateFunction<T>;
  };
}

function make(schema: object, options: Options): ValidateFunction {
  const { Ajv } = require("ajv") as typeof import("ajv");
  return new Ajv(options).compile(schema);
}

let made: Readonly<Record<string, () => ValidateFunction>> | undefined;

/** What lies beside the bundled modules; nothing beside those of `tsc`, so that sources and schemas can't part there. */
function madeByTheBuild(): Readonly<Record<string, () => ValidateFunction>> {
  const path = fileURLToPath(new URL("./validators.cjs", import.meta.url));
  made ??= existsSync(path) ? (require(path) as NonNullable<typeof made>) : {};
  return made;
}
