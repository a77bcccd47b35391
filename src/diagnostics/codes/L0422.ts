import { code } from "./code.js";

export const entry = code({
  code: "L0422",
  severity: "error",
  title: "a warm-up would end after the run",
  meaning: `
    The warm-up of the schedule begins where the curriculum ends, and would not be over when the run is.`,
  why: "The common rate that `optimizer` states would never be reached.",
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        schedule   cosine(warmup: 40 epochs)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        schedule   cosine(warmup: 4 epochs)
        batch      64
        epochs     30
      }`,
  },
});
