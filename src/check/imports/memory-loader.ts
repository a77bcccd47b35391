import { posix } from "node:path";
import { SourceFile } from "../../diagnostics/index.js";
import type { SourceLoader } from "./loader.js";

/**
 * Imports from texts in memory, for examples, editors and tests: paths are as `import` writes them, the main file lies
 * at the top. What would lie above the top is outside.
 */
export function memoryLoader(
  files: Readonly<Record<string, string>>,
  standard: Readonly<Record<string, string>> = {},
): SourceLoader {
  return {
    standard: Object.keys(standard).sort(),
    load(target, from) {
      if ("standard" in target) {
        const text = standard[target.standard];
        const id = `std/${target.standard}.lerac`;
        if (text === undefined) return { problem: "missing", text: "there is no such module" };
        return { id, source: new SourceFile(id, text), keepAs: id };
      }
      const id = posix.join(from === null ? "." : posix.dirname(from), target.path);
      if (id.startsWith("..")) return { problem: "outside", text: "lies outside of the project" };
      const text = Object.hasOwn(files, id) ? files[id] : undefined;
      if (text === undefined) return { problem: "missing", text: "there is no such file" };
      return { id, source: new SourceFile(id, text), keepAs: id };
    },
  };
}
