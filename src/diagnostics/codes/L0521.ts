import { code } from "./code.js";

export const entry = code({
  code: "L0521",
  severity: "error",
  title: "the dataset has no such split",
  meaning: "A metric is named by a split that the dataset does not have.",
  why: "There would be nothing to measure it on.",
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train)
      }

      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(val.accuracy)
      }`,
  },
  right: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train, first: 90%)
        val      split(train, last: 10%)
      }

      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(val.accuracy)
      }`,
  },
});
