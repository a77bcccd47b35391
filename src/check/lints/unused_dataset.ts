import type { Lint } from "./lint.js";
import { unused } from "./unused.js";
import { itemsOf } from "./uses.js";

export const entry: Lint = {
  code: "L0809",
  rule: "unused_dataset",
  summary: "a dataset of the file is not the one that is trained on",
  check({ file, train }) {
    if (train === null) return [];
    // Where there is only one, it is meant without being named.
    return itemsOf(file, "dataset")
      .filter(({ name }) => train.data !== null && train.data.text !== name.text)
      .map(({ name }) => unused("L0809", "dataset", name, ["`train` names another one"]));
  },
};
