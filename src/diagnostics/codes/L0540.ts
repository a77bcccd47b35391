import { code } from "./code.js";

export const entry = code({
  code: "L0540",
  severity: "error",
  title: "the loss does not compare what the dataset has to learn",
  meaning: `
    The loss is for another kind of target than the dataset's: for classes where there are numbers, or
    the other way round.`,
  why: `
    A squared error of class numbers would call class 9 farther from class 1 than class 2 is. A dataset
    with \`classes\` needs a loss for classes; one without needs a loss for numbers.`,
  wrong: {
    spec: `
      train {
        loss       mse
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
});
