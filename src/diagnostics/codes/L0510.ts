import { code } from "./code.js";

export const entry = code({
  code: "L0510",
  severity: "error",
  title: "`train` names something that the file does not have",
  meaning: "The dataset, model or curriculum that `train` names is not in this file.",
  why: "What is trained must be readable in the file.",
  wrong: {
    spec: `
      train {
        model      cn
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      train {
        model      cnn
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
});
