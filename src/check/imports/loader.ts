import type { SourceFile } from "../../diagnostics/index.js";

/** What an `import` asks for: a path as written, or the name of a module that ships with the language. */
export type ImportTarget = { readonly path: string } | { readonly standard: string };

/** A file that was read. */
export interface LoadedSource {
  /** Equal for one file, however it is reached: files are read once and cycles are found by it. */
  readonly id: string;
  readonly source: SourceFile;
  /** A relative path with `/`, different for every file: where a run keeps its copy. */
  readonly keepAs: string;
}

/** Why a file can't be had, in words that stand behind "can't be imported:". */
export interface LoadProblem {
  readonly problem: "missing" | "outside" | "unreadable";
  readonly text: string;
}

/**
 * Reads files for `import`, so that the compiler itself touches nothing. Never throws: what can't be read is a problem
 * that the compiler reports where the import stands.
 */
export interface SourceLoader {
  /** Names of the modules below `std`. */
  readonly standard: readonly string[];
  /** `from` is the id of the file that imports; null for the file that is compiled. */
  load(target: ImportTarget, from: string | null): LoadedSource | LoadProblem;
}

/** For sources without a place on disk: nothing can be imported. */
export const noImports: SourceLoader = {
  standard: [],
  load: () => ({ problem: "missing", text: "nothing can be imported here" }),
};
