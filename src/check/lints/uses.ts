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

/** Runs over every node of a file once, before V8 has compiled it: an iterator would take longer than what it gives. */
function collect(value: object, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item === "object" && item !== null) collect(item, names);
    }
    return;
  }
  const node = value as Readonly<Record<string, unknown>>;
  const path = (node.callee ?? node.segments) as readonly { readonly text?: string }[] | undefined;
  const first = path?.[0]?.text;
  if (first !== undefined) names.add(first);
  for (const key in node) {
    // Places in the text hold the whole source; names that are declared are not used by that.
    if (key === "span" || key === "source" || key === "keyword" || key === "comments") continue;
    const child = node[key];
    if (typeof child === "object" && child !== null) collect(child, names);
  }
}

/** Items of one kind. */
export function itemsOf<K extends Item["kind"]>(file: File, kind: K): (Item & { readonly kind: K })[] {
  return file.items.filter((item): item is Item & { readonly kind: K } => item.kind === kind);
}
