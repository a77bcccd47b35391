import { code } from "./code.js";

export const entry = code({
  code: "L0520",
  severity: "error",
  title: "a metric is not named by its split",
  meaning: "In `train` a metric is named as `SPLIT.METRIC`, such as `val.accuracy`.",
  why: "The same metric of two splits is two numbers.",
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(accuracy)
      }`,
  },
  right: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(val.accuracy)
      }`,
  },
});
