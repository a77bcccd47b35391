import type { ImportItem, Name } from "../../syntax/index.js";
import type { Lint } from "./lint.js";
import { unused } from "./unused.js";
import { itemsOf, namesUsed } from "./uses.js";

export const entry: Lint = {
  code: "L0812",
  rule: "unused_import",
  summary: "nothing of an imported file is used",
  check({ file }) {
    const used = namesUsed(file.items.filter((item) => item.kind !== "import"));
    return itemsOf(file, "import")
      .map(boundName)
      .filter((name) => !used.has(name.text))
      .map((name) => unused("L0812", "import", name));
  },
};

/** The name that an import binds: the one after `as`, or the last part of what it names. */
function boundName({ alias, target }: ImportItem): Name {
  if (alias !== null) return alias;
  if (!("kind" in target)) return target[target.length - 1] as Name;
  return { text: target.value.replace(/^.*\//, "").replace(/\.lerac$/, ""), span: target.span };
}
