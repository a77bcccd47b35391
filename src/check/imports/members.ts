import { suggest } from "../../base/suggest.js";
import { type Diagnostic, error } from "../../diagnostics/index.js";
import { operators } from "../../language/operators/index.js";
import type { BlockItem, DatasetItem, ModelItem, Name } from "../../syntax/index.js";
import type { FileScope } from "../file-scope.js";
import type { Module } from "./module.js";

/** What an import makes visible. */
export interface Members {
  readonly block: BlockItem;
  readonly model: ModelItem;
  readonly names: DatasetItem;
}

export type MemberKind = keyof Members;

/** A thing found by name, and the file it stands in, where its own names are sought. */
export interface Found<T> {
  readonly item: T;
  readonly module: Module;
}

/**
 * Finds `name`, `import.name` or, for an import's own block or model, `import`.
 *
 * @returns null when there is none, for the caller to say; `"silent"` when the import it needs failed before; a
 *   diagnostic when something else can be said of the name
 */
export function findMember<K extends MemberKind>(
  kind: K,
  path: readonly Name[],
  module: Module,
): Found<Members[K]> | Diagnostic | "silent" | null {
  const [first, second, third] = path;
  if (first === undefined) return null;
  if (second === undefined) {
    const own = itemsOf(kind, module.scope).get(first.text);
    if (own !== undefined) return { item: own, module };
    const imported = module.imports.get(first.text);
    if (imported === undefined) return null;
    if (imported === null) return "silent";
    const item = itemsOf(kind, imported.scope).get(imported.name);
    return item === undefined ? noOwnMember(kind, first, imported) : { item, module: imported };
  }
  const imported = module.imports.get(first.text);
  if (imported === null) return "silent";
  if (imported === undefined) return unknownImport(kind, path, first, module);
  if (third !== undefined) {
    return error("L0241", `\`${path.map((name) => name.text).join(".")}\` reaches through two files`, {
      at: { span: third.span, text: `not a part of \`${second.text}\`` },
      notes: ["what a file imports is not visible to those that import it"],
      helps: ["import the other file here too"],
    });
  }
  const item = itemsOf(kind, imported.scope).get(second.text);
  return item === undefined ? unknownMember(kind, first, second, imported) : { item, module: imported };
}

/** Every way to write a thing of this kind, for suggestions. */
export function memberNames(kind: MemberKind, module: Module): string[] {
  const names = [...itemsOf(kind, module.scope).keys()];
  for (const [bound, imported] of module.imports) {
    if (imported === null) continue;
    for (const name of itemsOf(kind, imported.scope).keys()) {
      names.push(name === imported.name ? bound : `${bound}.${name}`);
    }
  }
  return names;
}

function itemsOf<K extends MemberKind>(kind: K, scope: FileScope): ReadonlyMap<string, Members[K]> {
  const maps: { readonly [M in MemberKind]: ReadonlyMap<string, Members[M]> } = {
    block: scope.blocks,
    model: scope.models,
    names: scope.names,
  };
  return maps[kind];
}

function unknownImport(kind: MemberKind, path: readonly Name[], name: Name, module: Module): Diagnostic {
  const known = [...module.imports.keys()];
  const near = suggest(name.text, known);
  // `nn.Conv2d`, `layers.Dense`: a habit of other frameworks.
  const last = path[path.length - 1] ?? name;
  const [operator] = near.length > 0 || kind !== "block" ? [] : suggest(last.text, operators.keys());
  return error("L0241", `nothing is imported as \`${name.text}\``, {
    at: { span: name.span, text: "not the name of an import" },
    notes: [
      ...(near.length > 0 || known.length === 0 ? [] : [`imports are ${known.join(", ")}`]),
      ...(operator === undefined
        ? []
        : ["operators have no prefix, and take the size of their input from the line above"]),
    ],
    // Arguments may count otherwise there: no edit that --fix would make of it.
    helps:
      operator === undefined
        ? near.slice(0, 1).map((n) => ({
            text: `did you mean \`${n}\`?`,
            edits: [{ span: name.span, replacement: n }],
          }))
        : [`did you mean \`${operator}\`?`],
  });
}

function noOwnMember(kind: MemberKind, name: Name, imported: Module): Diagnostic {
  const known = [...itemsOf(kind, imported.scope).keys()];
  return error("L0241", `\`${name.text}\` has no ${kind} called \`${imported.name}\``, {
    at: { span: name.span, text: "stands for the one with the file's own name" },
    notes: known.length === 0 ? [`it has no ${plural(kind)}`] : [],
    helps: known.slice(0, 1).map((n) => ({
      text: `write \`${name.text}.${n}\``,
      edits: [{ span: name.span, replacement: `${name.text}.${n}` }],
    })),
  });
}

function unknownMember(kind: MemberKind, first: Name, second: Name, imported: Module): Diagnostic {
  const known = [...itemsOf(kind, imported.scope).keys()];
  const other = imported.scope.kindOf(second.text);
  if (other !== null && other !== kind) {
    const visible = other === "block" || other === "model" || other === "names";
    return error("L0242", `\`${second.text}\` of \`${first.text}\` is a ${other}, not a ${kind}`, {
      at: { span: second.span, text: `a ${kind} is needed here` },
      notes: [
        visible
          ? "blocks are called in models, models are named in `train` and `expect`, names in `weights`"
          : "of an imported file only blocks, models and names are visible",
      ],
    });
  }
  const near = suggest(second.text, known);
  return error("L0241", `\`${first.text}\` has no ${kind} called \`${second.text}\``, {
    at: { span: second.span, text: "not declared there" },
    notes:
      near.length > 0
        ? []
        : [known.length === 0 ? `it has no ${plural(kind)}` : `its ${plural(kind)} are ${known.join(", ")}`],
    helps: near.slice(0, 1).map((n) => ({
      text: `did you mean \`${n}\`?`,
      edits: [{ span: second.span, replacement: n }],
    })),
  });
}

function plural(kind: MemberKind): string {
  return kind === "names" ? "names" : `${kind}s`;
}
