import { code } from "./code.js";

export const entry = code({
  code: "L0811",
  severity: "warning",
  title: "a curriculum is never used",
  meaning: `
    The file declares a curriculum that it neither trains under nor compares. The lint is called
    \`unused_curriculum\`.`,
  why: "A reader takes it for a part of what is trained.",
  wrong: {
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
        curriculum  lerac
        loss        cross_entropy
        optimizer   sgd(rate: 0.1)
        batch       64
        epochs      30
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
        curriculum  lerac
        loss        cross_entropy
        optimizer   sgd(rate: 0.1)
        batch       64
        epochs      30
      }

      compare {
        conventional
        lerac
        slow
      }`,
  },
});
