import { code } from "./code.js";

export const entry = code({
  code: "L0542",
  severity: "error",
  title: "class weights are not one a class",
  meaning: `
    The loss is given weights of classes, but not as many as the dataset has classes, or all are 0.`,
  why: `
    Weights are matched with classes by their order; a missing one would shift all that follow.`,
  wrong: {
    spec: `
      train {
        loss       cross_entropy(weights: [1, 2])
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      train {
        loss       cross_entropy(weights: [1, 2, 1, 1, 1, 1, 1, 1, 1, 1])
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
});
