import type { Expression, File, Item } from "../../syntax/index.js";

/**
 * Names that a part of a file refers to: first parts of paths and of calls. A name that is declared and never referred
 * to does nothing.
 */
export function namesUsed(parts: readonly (Item | Expression | File)[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const node = value as Readonly<Record<string, unknown>>;
    const [first] = (node.callee ?? node.segments ?? []) as readonly { readonly text?: string }[];
    if (first?.text !== undefined) names.add(first.text);
    for (const [key, child] of Object.entries(node)) {
      // Places in the text hold the whole source; names that are declared are not used by that.
      if (key !== "span" && key !== "source" && key !== "keyword" && key !== "comments") visit(child);
    }
  };
  visit(parts);
  return names;
}

/** Items of one kind. */
export function itemsOf<K extends Item["kind"]>(file: File, kind: K): (Item & { readonly kind: K })[] {
  return file.items.filter((item): item is Item & { readonly kind: K } => item.kind === kind);
}
