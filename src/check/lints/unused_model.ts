import type { Lint } from "./lint.js";
import { unused } from "./unused.js";
import { itemsOf, namesUsed } from "./uses.js";

export const entry: Lint = {
  code: "L0810",
  rule: "unused_model",
  summary: "a model of the file is neither trained nor spoken of in a claim",
  check({ file, train }) {
    if (train === null || train.model === null) return [];
    const used = namesUsed([...itemsOf(file, "train"), ...itemsOf(file, "expect")]);
    return itemsOf(file, "model")
      .filter(({ name }) => !used.has(name.text))
      .map(({ name }) =>
        unused("L0810", "model", name, ["`train` names another one, and no claim speaks of it"]),
      );
  },
};
