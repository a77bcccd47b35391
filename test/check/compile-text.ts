import { type Compiled, compile, memoryLoader } from "../../src/check/index.js";
import { type Diagnostic, renderDiagnostic, SourceFile, spanText } from "../../src/diagnostics/index.js";
import type { TrainingProgram } from "../../src/program/types.js";

/** Compiles a text as `main.lerac`, with other files beside it. */
export function compileText(text: string, files: Readonly<Record<string, string>> = {}): Compiled {
  return compile(new SourceFile("main.lerac", text), { loader: memoryLoader(files) });
}

/** What was found, as "L0201 batch_nrom": code and the text it is about, errors only. */
export function faults(compiled: Compiled): string[] {
  return compiled.diagnostics
    .filter((diagnostic) => diagnostic.severity === "error")
    .map((diagnostic) => `${diagnostic.code} ${subject(diagnostic)}`);
}

function subject({ at }: Diagnostic): string {
  if (at === null) return "";
  return "span" in at ? spanText(at.span) : at.place;
}

/** The program of a spec that must be right: every error is shown when it is not. */
export function programOfText(text: string, files: Readonly<Record<string, string>> = {}): TrainingProgram {
  const compiled = compileText(text, files);
  if (compiled.program !== null) return compiled.program;
  const errors = compiled.diagnostics.map((d) => renderDiagnostic(d, { color: false, width: 100 }));
  throw new Error(`the spec does not compile:\n${errors.join("\n")}`);
}

/** A spec with this dataset section and model body; what else a complete file needs is added. */
export function specOf(parts: {
  readonly imports?: string;
  readonly data?: string;
  readonly model?: string;
  readonly train?: string;
}): string {
  return `lerac 1
${parts.imports ?? ""}
dataset data {
${parts.data ?? '  source   idx("data")\n  classes  10\n  train    split(train)'}
}

${parts.model ?? "model net {\n  input  image(28, 28, 1)\n  flat:  flatten\n  head:  dense(10)\n}"}

train {
${parts.train ?? "  loss       cross_entropy\n  optimizer  sgd(rate: 0.1)"}
  batch   8
  epochs  2
}
`;
}
