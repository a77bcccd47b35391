import { compile, fileLoader, memoryLoader, type SourceLoader } from "../../check/index.js";
import { completeSpec, type SpecExample } from "../../diagnostics/codes/index.js";
import { type Diagnostic, SourceFile } from "../../diagnostics/index.js";

/** What `lerac check` says of an example, with the files beside it that it may import. */
export function checkExample(example: SpecExample): readonly Diagnostic[] {
  const source = new SourceFile("example.lerac", completeSpec(example));
  const set = new Map(Object.entries(example.set ?? {}));
  return compile(source, { set, loader: exampleLoader(example.files ?? {}) }).diagnostics;
}

/** The example's own files, and the modules that ship with the language. */
function exampleLoader(files: Readonly<Record<string, string>>): SourceLoader {
  const own = memoryLoader(files);
  const shipped = fileLoader(null);
  return {
    standard: shipped.standard,
    load: (target, from) => ("standard" in target ? shipped : own).load(target, from),
  };
}
