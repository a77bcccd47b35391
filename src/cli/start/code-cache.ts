import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import vm from "node:vm";
import { type Codes, readCodes, writeCodes } from "./code-file.js";

/** As `import()`, of which code that was kept can make no use: Node 20 finds no one to ask for it. */
type Import = (name: string) => Promise<unknown>;

type Require = (name: string) => unknown;

type ModuleWrapper = (
  exports: unknown,
  require: Require,
  module: { exports: unknown },
  filename: string,
  dirname: string,
  importModule: Import,
) => void;

const names = "exports, require, module, __filename, __dirname, importModule";

/**
 * Loads the CommonJS modules of one folder with the bytecode that V8 made of them at an earlier start, functions
 * that were called then included, and keeps the bytecode of those that had none. A cache that can't be read or written
 * costs time only. Node's own (`module.enableCompileCache`) does not exist in Node 20.
 */
export class CodeCache {
  readonly #file: string | null;
  readonly #folder: string;
  readonly #import: Import;
  readonly #kept: Codes;
  readonly #scripts = new Map<string, vm.Script>();
  readonly #modules = new Map<string, { exports: unknown }>();
  readonly #outside: Require;
  #complete = true;

  /**
   * @param file   what an earlier start kept, if any; null keeps nothing. Its name must tell one bundle and one Node from
   *               every other, as V8 itself compares no more than the length of a text
   * @param folder of the modules, whose bytecode is kept; all others are left to Node
   * @param importModule what a module calls instead of `import()`
   */
  constructor(file: string | null, folder: string, importModule: Import) {
    this.#file = file;
    this.#folder = folder;
    this.#import = importModule;
    this.#kept = file === null ? new Map() : readCodes(file);
    this.#outside = createRequire(join(folder, "module.cjs"));
  }

  /** What a module of the folder exports; as `require` does, it runs it once. */
  load(path: string): unknown {
    const loaded = this.#modules.get(path);
    if (loaded !== undefined) return loaded.exports;
    const module = { exports: {} as unknown };
    this.#modules.set(path, module);
    const run = this.#compile(path).runInThisContext() as ModuleWrapper;
    run(module.exports, (name) => this.#require(name), module, path, this.#folder, this.#import);
    return module.exports;
  }

  /** Keeps what was compiled in this process and had not been kept before. To be called once, at its end. */
  save(): void {
    if (this.#complete || this.#file === null) return;
    try {
      for (const [name, script] of this.#scripts) {
        if (!this.#kept.has(name)) this.#kept.set(name, script.createCachedData());
      }
      writeCodes(this.#file, this.#kept);
    } catch {
      // No room, or a home that can't be written to: the next start compiles again.
    }
  }

  #require(name: string): unknown {
    const path = name.startsWith("./") ? resolve(this.#folder, name) : null;
    return path !== null && dirname(path) === this.#folder ? this.load(path) : this.#outside(name);
  }

  #compile(path: string): vm.Script {
    const name = path.slice(this.#folder.length + 1);
    const kept = this.#kept.get(name);
    // The wrapper takes no line of its own, so that traces name the module's.
    const text = `(function (${names}) {${readFileSync(path, "utf8")}\n})`;
    const script = new vm.Script(text, {
      filename: path,
      ...(kept === undefined ? {} : { cachedData: kept }),
    });
    if (kept === undefined || script.cachedDataRejected === true) {
      this.#kept.delete(name);
      this.#complete = false;
    }
    this.#scripts.set(name, script);
    return script;
  }
}
