import type { Lint } from "./lint.js";
import { unused } from "./unused.js";
import { itemsOf } from "./uses.js";

export const entry: Lint = {
  code: "L0811",
  rule: "unused_curriculum",
  summary: "a curriculum of the file is neither trained under nor compared",
  check({ file, planned }) {
    if (planned.length === 0) return [];
    const used = new Set(planned.flatMap(({ parts }) => parts.map(({ name }) => name)));
    return itemsOf(file, "curriculum")
      .filter(({ name }) => !used.has(name.text))
      .map(({ name }) =>
        unused("L0811", "curriculum", name, ["`train` names another one, and `compare` has no arm of it"]),
      );
  },
};
