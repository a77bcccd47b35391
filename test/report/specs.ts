import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src/check/index.js";
import { renderText, SourceFile } from "../../src/diagnostics/index.js";
import type { TrainingProgram } from "../../src/program/types.js";

/** The quick start, as a reader would write it. */
export const quickstart = readFileSync(
  join(import.meta.dirname, "../golden/report/quickstart.lerac"),
  "utf8",
);

/** The program of a spec that must be right. */
export function programOf(
  text: string,
  options: { name?: string; set?: Record<string, string> } = {},
): TrainingProgram {
  const source = new SourceFile(options.name ?? "test.lerac", text);
  const { program, diagnostics } = compile(source, { set: new Map(Object.entries(options.set ?? {})) });
  if (program === null) throw new Error(renderText(diagnostics, { color: false, width: 100 }));
  return program;
}

/** The quick start with some text replaced; each replacement must find something. */
export function changed(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the spec has no ${from}`);
    return text.replace(from, to);
  }, quickstart);
}
