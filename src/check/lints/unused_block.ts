import type { Lint } from "./lint.js";
import { trains, unused } from "./unused.js";
import { itemsOf, namesUsed } from "./uses.js";

export const entry: Lint = {
  code: "L0802",
  rule: "unused_block",
  summary: "a `block` of the file is never used",
  check({ file }) {
    if (!trains(file)) return [];
    const used = namesUsed(file.items);
    return itemsOf(file, "block")
      .filter(({ name }) => !used.has(name.text))
      .map(({ name }) => unused("L0802", "block", name));
  },
};
