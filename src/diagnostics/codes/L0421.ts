import { code } from "./code.js";

export const entry = code({
  code: "L0421",
  severity: "error",
  title: "a rate drop would never happen",
  meaning: `
    An instant of \`multistep\` lies before the end of the curriculum, where the curriculum alone sets every
    rate, or behind the end of the run.`,
  why: `
    Instants in \`at:\` are instants of the run, as people read them. One that has no effect is a slip, or a
    misunderstanding of who sets the rates.`,
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        schedule   multistep(at: [3, 20] epochs, factor: 0.1)
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
        schedule   multistep(at: [10, 20] epochs, factor: 0.1)
        batch      64
        epochs     30
      }`,
  },
});
