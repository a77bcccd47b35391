import type { FileScope } from "../file-scope.js";

/** A file as others see it: what it declares, and what its own imports are bound to. */
export interface Module {
  readonly scope: FileScope;
  /** The file's own name, `bert` of `nets/bert.lerac`: `bert(…)` is its block or model of this name. */
  readonly name: string;
  /** Bound names; null stands for an import that failed and was reported. */
  readonly imports: ReadonlyMap<string, Module | null>;
}
