import { lint } from "./lint.js";
import { unused } from "./unused.js";
import { itemsOf } from "./uses.js";

export const entry = lint({
  rule: "unused_dataset",
  page: {
    code: "L0809",
    title: "a dataset is never used",
    meaning: "`train` names another dataset of the file. The lint is called `unused_dataset`.",
    why: "A reader takes it for a part of what is trained.",
    wrong: {
      spec: `
        dataset fashion {
          source   idx("data/fashion-mnist")
          classes  10
          train    split(train)
        }

        dataset mnist {
          source   idx("data/mnist")
          classes  10
          train    split(train)
        }

        train {
          data       fashion
          loss       cross_entropy
          optimizer  sgd(rate: 0.1)
          batch      64
          epochs     30
        }`,
    },
    right: {
      spec: `
        dataset fashion {
          source   idx("data/fashion-mnist")
          classes  10
          train    split(train)
        }

        train {
          data       fashion
          loss       cross_entropy
          optimizer  sgd(rate: 0.1)
          batch      64
          epochs     30
        }`,
    },
  },
  check({ file, train }) {
    if (train === null) return [];
    // Where there is only one, it is meant without being named.
    return itemsOf(file, "dataset")
      .filter(({ name }) => train.data !== null && train.data.text !== name.text)
      .map(({ name }) => unused("L0809", "dataset", name, ["`train` names another one"]));
  },
});
