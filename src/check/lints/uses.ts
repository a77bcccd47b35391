import type { File, Item } from "../../syntax/index.js";

/** Names that each item refers to: several lints ask, and walking a long file takes longer than compiling a short one. */
const ofItem = new WeakMap<Item, ReadonlySet<string>>();

/**
 * Names that parts of a file refer to: first parts of paths and of calls. A name that is declared and never referred
 * to does nothing.
 */
export function namesUsed(items: readonly Item[]): ReadonlySet<string> {
  return new Set(items.flatMap((item) => [...namesUsedBy(item)]));
}

function namesUsedBy(item: Item): ReadonlySet<string> {
  const known = ofItem.get(item);
  if (known !== undefined) return known;
  const names = new Set<string>();
  collect(item, names);
  ofItem.set(item, names);
  return names;
}

function collect(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, names);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const node = value as Readonly<Record<string, unknown>>;
  const [first] = (node.callee ?? node.segments ?? []) as readonly { readonly text?: string }[];
  if (first?.text !== undefined) names.add(first.text);
  for (const key in node) {
    // Places in the text hold the whole source; names that are declared are not used by that.
    if (key !== "span" && key !== "source" && key !== "keyword" && key !== "comments") {
      const child = node[key];
      if (typeof child === "object") collect(child, names);
    }
  }
}

/** Items of one kind. */
export function itemsOf<K extends Item["kind"]>(file: File, kind: K): (Item & { readonly kind: K })[] {
  return file.items.filter((item): item is Item & { readonly kind: K } => item.kind === kind);
}
