import { code } from "./code.js";

export const entry = code({
  code: "L0522",
  severity: "error",
  title: "`train` does not measure this metric",
  meaning: "A setting or claim names a metric that `metrics` does not list. The loss is always measured.",
  why: "What is not measured can't decide anything.",
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        metrics    accuracy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(val.top(3))
      }`,
  },
  right: {
    spec: `
      train {
        loss       cross_entropy
        metrics    accuracy, top(3)
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(val.top(3))
      }`,
  },
});
