import { code } from "./code.js";

export const entry = code({
  code: "L0808",
  severity: "warning",
  title: "rates warm up again after a curriculum",
  meaning: `
    The schedule begins with a warm-up where the curriculum has just brought every level to the common rate.
    The lint is called \`warmup_under_curriculum\`.`,
  why: `
    The curriculum is a warm-up itself, level by level; a second one lets all rates fall and rise again.`,
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        schedule   cosine(warmup: 2 epochs)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        schedule   cosine
        batch      64
        epochs     30
      }`,
  },
});
