import type { Lint } from "./lint.js";
import { trains, unused } from "./unused.js";
import { itemsOf, namesUsed } from "./uses.js";

export const entry: Lint = {
  code: "L0803",
  rule: "unused_param",
  summary: "a `param` of the file is never used",
  check({ file }) {
    if (!trains(file)) return [];
    const used = namesUsed(file.items);
    return itemsOf(file, "param")
      .filter(({ name }) => !used.has(name.text))
      .map(({ name }) => unused("L0803", "param", name));
  },
};
