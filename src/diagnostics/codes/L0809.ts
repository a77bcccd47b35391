import { code } from "./code.js";

export const entry = code({
  code: "L0809",
  severity: "warning",
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
});
