import { type Diagnostic, error, type SourceFile, type Span } from "../../diagnostics/index.js";
import { operators } from "../../language/operators/index.js";
import { type File, type ImportItem, type Parsed, parse } from "../../syntax/index.js";
import { FileScope } from "../file-scope.js";
import type { Reporter } from "../reporter.js";
import { checkVersion } from "../version.js";
import { isImportPath, standardName } from "./import-target.js";
import type { ImportTarget, LoadedSource, SourceLoader } from "./loader.js";
import type { Module } from "./module.js";

/** Most files of one program, the main file among them. */
export const maximumFiles = 64;
/** Longest chain of imports. */
export const maximumDepth = 8;
/** Most characters of all files together. */
export const maximumTogether = 4 * 1024 * 1024;

/** All files of a program. */
export interface LoadedModules {
  readonly main: Module;
  /** What was imported, in the order of reading. */
  readonly imported: readonly LoadedSource[];
  /** Mistakes of syntax in imported files. */
  readonly syntax: readonly Diagnostic[];
}

/** Reads everything that a file imports, directly or not, each file once. Faults are reported where the import stands. */
export function loadModules(
  { file, broken }: Pick<Parsed, "file" | "broken">,
  loader: SourceLoader,
  reporter: Reporter,
): LoadedModules {
  const graph = new ModuleGraph(loader, reporter, file.source);
  const main = graph.module(file, broken, null, stem(file.source.name));
  return { main, imported: graph.imported, syntax: graph.syntax };
}

class ModuleGraph {
  readonly imported: LoadedSource[] = [];
  readonly syntax: Diagnostic[] = [];
  readonly #modules = new Map<string, Module | null>();
  /** Files that are being read, outermost first. */
  readonly #chain: { readonly id: string; readonly name: string }[] = [];
  #characters: number;
  #overflowed = false;

  constructor(
    private readonly loader: SourceLoader,
    private readonly reporter: Reporter,
    main: SourceFile,
  ) {
    this.#characters = main.text.length;
  }

  module(file: File, broken: Parsed["broken"], id: string | null, name: string): Module {
    const scope = new FileScope(file, broken ?? new Set(), this.reporter);
    const imports = new Map<string, Module | null>();
    const bound = new Map<string, Span>();
    for (const item of file.items) {
      if (item.kind !== "import" || this.#overflowed) continue;
      const target = this.#target(item);
      const bind = target && this.#boundName(item, target, scope, bound);
      if (target === null || bind === null) {
        // What it would have been called is known all the same, so that its uses stay silent.
        if (item.alias !== null) imports.set(item.alias.text, null);
        continue;
      }
      imports.set(bind, this.#import(item, target, id));
    }
    return { scope, name, imports };
  }

  #import(item: ImportItem, target: ImportTarget, from: string | null): Module | null {
    const loaded = this.loader.load(target, from);
    const span = targetSpan(item);
    if ("problem" in loaded) {
      const outside = loaded.problem === "outside";
      return this.#fault(
        outside ? "L0012" : "L0010",
        outside
          ? `\`${spelt(target)}\` lies outside of the project`
          : `\`${spelt(target)}\` can't be imported: ${loaded.text}`,
        span,
        outside ? "not inside the folder of the main file or its project" : "seen from this file",
        outside ? ["a project is the nearest folder above with a `package.json` or `.git`"] : [],
      );
    }
    const known = this.#modules.get(loaded.id);
    if (known !== undefined) return known;
    const loop = this.#chain.findIndex((file) => file.id === loaded.id);
    if (loop !== -1) {
      const names = [...this.#chain.slice(loop).map((file) => file.name), loaded.source.name];
      const message = `\`${loaded.source.name}\` imports itself`;
      return this.#fault("L0013", message, span, names.join(" -> "), ["imports have no cycles"]);
    }
    const limit = this.#limit(loaded);
    if (limit !== null) {
      this.#overflowed = true;
      return this.#fault("L0014", limit, span, "here the limit is passed");
    }
    this.imported.push(loaded);
    this.#characters += loaded.source.text.length;
    this.reporter.addFile(loaded.source);
    const { file, diagnostics, broken } = parse(loaded.source);
    this.syntax.push(...diagnostics);
    this.reporter.reportSyntax(diagnostics, broken);
    this.#chain.push({ id: loaded.id, name: loaded.source.name });
    const readable = broken !== null && checkVersion(file, this.reporter);
    const module = readable ? this.module(file, broken, loaded.id, stem(loaded.source.name)) : null;
    this.#chain.pop();
    this.#modules.set(loaded.id, module);
    return module;
  }

  #limit(loaded: LoadedSource): string | null {
    if (this.#chain.length >= maximumDepth) return `imports are more than ${maximumDepth} files deep`;
    if (this.imported.length + 1 >= maximumFiles) return `more than ${maximumFiles} files are put together`;
    return this.#characters + loaded.source.text.length > maximumTogether
      ? "the files have more than 4,194,304 characters together"
      : null;
  }

  #target(item: ImportItem): ImportTarget | null {
    if ("kind" in item.target) {
      return isImportPath(item.target, this.reporter) ? { path: item.target.value } : null;
    }
    const name = standardName(item.target, this.loader.standard, this.reporter);
    return name === null ? null : { standard: name };
  }

  /** The name that the file is known by; null after a reported fault. */
  #boundName(
    item: ImportItem,
    target: ImportTarget,
    scope: FileScope,
    bound: Map<string, Span>,
  ): string | null {
    const name = item.alias?.text ?? ("standard" in target ? target.standard : stem(target.path));
    const span = item.alias?.span ?? targetSpan(item);
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) {
      const proposal = name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?=[0-9])/, "_");
      const place = { ...item.span, start: span.end, end: span.end };
      this.reporter.report(
        error("L0016", `\`${name}\` can't be a name, so the import needs one`, {
          at: { span, text: "names have letters, digits and `_`" },
          helps: [
            { text: `add \`as ${proposal}\``, edits: [{ span: place, replacement: ` as ${proposal}` }] },
          ],
        }),
      );
      return null;
    }
    const first = bound.get(name);
    const own = scope.kindOf(name);
    const taken =
      first !== undefined
        ? "an import"
        : operators.has(name)
          ? "an operator"
          : own === "block" || own === "model" || own === "names"
            ? own === "names"
              ? "a `names` section"
              : `a ${own} of this file`
            : null;
    if (taken === null) {
      bound.set(name, span);
      return name;
    }
    this.reporter.report(
      error("L0220", `\`${name}\` is ${taken} already and can't name this import`, {
        at: { span, text: "taken" },
        secondary: first === undefined ? [] : [{ span: first, text: "called so first" }],
        helps: ["give it another name with `as NAME`"],
      }),
    );
    return null;
  }

  #fault(code: string, message: string, span: Span, text: string, notes: readonly string[] = []): null {
    this.reporter.report(error(code, message, { at: { span, text }, notes }));
    return null;
  }
}

function targetSpan(item: ImportItem): Span {
  if ("kind" in item.target) return item.target.span;
  const [first] = item.target;
  const last = item.target[item.target.length - 1];
  return first === undefined || last === undefined ? item.span : { ...first.span, end: last.span.end };
}

function spelt(target: ImportTarget): string {
  return "standard" in target ? `std.${target.standard}` : target.path;
}

/** `bert` of `nets/bert.lerac`. */
function stem(path: string): string {
  return path.replace(/^.*[/\\]/, "").replace(/\.lerac$/, "");
}
