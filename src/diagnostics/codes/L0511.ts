import { code } from "./code.js";

export const entry = code({
  code: "L0511",
  severity: "error",
  title: "it is not clear what `train` trains",
  meaning: `
    The file has several datasets, models or curricula, or none, and \`train\` does not say which one it
    means.`,
  why: "`train` need not name what there is one of; among several, the author chooses.",
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      curriculum slow: lerac {
        rates  0.1 -> 1e-6
        until  10 epochs
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      curriculum slow: lerac {
        rates  0.1 -> 1e-6
        until  10 epochs
      }

      train {
        curriculum  slow
        loss        cross_entropy
        optimizer   sgd(rate: 0.1)
        batch       64
        epochs      30
      }

      compare {
        lerac
        slow
      }`,
  },
});
