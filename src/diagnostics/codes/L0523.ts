import { code } from "./code.js";

export const entry = code({
  code: "L0523",
  severity: "error",
  title: "a metric that is not measured on batches",
  meaning: `
    A setting or claim asks for a metric on \`train\` that can be measured only where all outputs of a split are there at
    once, such as \`auc\`.`,
  why: `
    What is said of \`train\` is added up over the batches of an epoch, while the weights change. The area under a curve
    is no sum over batches.`,
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        metrics    accuracy, auc
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(train.auc)
      }`,
  },
  right: {
    spec: `
      train {
        loss       cross_entropy
        metrics    accuracy, auc
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(val.auc)
      }`,
  },
});
