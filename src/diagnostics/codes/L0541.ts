import { code } from "./code.js";

export const entry = code({
  code: "L0541",
  severity: "error",
  title: "a metric does not measure what the loss compares",
  meaning: `
    A metric is for another kind of target than the loss: an error of numbers beside a loss for classes,
    or the other way round.`,
  why: `
    There is no absolute error of a class, and no accuracy of an age.`,
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        metrics    accuracy, rmse
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      train {
        loss       cross_entropy
        metrics    accuracy, f1
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
});
