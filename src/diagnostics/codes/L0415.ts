import { code } from "./code.js";

export const entry = code({
  code: "L0415",
  severity: "error",
  title: "two curricula that are joined both set the rates",
  meaning: "`a + b` joins two curricula, and each of them says what the rates of the levels are.",
  why: `
    Each level would have two rates. A kind that sets none, such as \`cbs\`, can be joined with one that
    does.`,
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      curriculum decay: layerwise {
        rates  decay(0.75)
      }

      train {
        curriculum  lerac
        loss        cross_entropy
        optimizer   sgd(rate: 0.1)
        batch       64
        epochs      30
      }

      compare {
        lerac + decay
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      compare {
        conventional
        lerac
        cbs + lerac
      }`,
  },
});
