import { code } from "./code.js";

export const entry = code({
  code: "L0111",
  severity: "error",
  title: "a line holds more than one fact",
  meaning: "The line is complete before the marked word, which begins something of its own.",
  why: "One fact a line: a review then shows one changed fact as one changed line.",
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1) batch 64
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
