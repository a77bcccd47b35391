import { code } from "./code.js";

export const entry = code({
  code: "L0805",
  severity: "warning",
  title: "a choice is made on the test split",
  meaning: `
    What is kept, or when a run stops or slows down, is decided by a metric of \`test\`. The lint is called
    \`test_selection\`.`,
  why: "What was chosen on a split looks better on it than it is; claims are measured on `test`.",
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
        keep       best(test.accuracy)
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
