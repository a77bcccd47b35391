/**
 * Compiles the JSON Schemas that the command reads files with into `validators.cjs` beside the bundle: see
 * `src/base/validators.ts`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";

/** Modules that name schemas. */
const sources = ["src/program/index.js", "src/runs/index.js", "src/train/checkpoint.js"];

/** Writes the validators of what `tsc` left in `compiled` into `folder`. */
export async function compileSchemas(compiled, folder) {
  const load = (file) => import(pathToFileURL(join(compiled, file)).href);
  await Promise.all(sources.map(load));
  const { namedSchemas } = await load("src/base/validators.js");
  const parts = [...namedSchemas].map(([name, { schema, options }]) => {
    const ajv = new Ajv({ ...options, code: { source: true } });
    const code = standalone.default(ajv, ajv.compile(schema));
    return `exports[${JSON.stringify(name)}] = () => { const module = { exports: {} }; ${code}\nreturn module.exports; };\n`;
  });
  writeFileSync(join(folder, "validators.cjs"), parts.join(""));
}
