import { code } from "./code.js";

export const entry = code({
  code: "L0216",
  severity: "error",
  title: "a setting is given twice",
  meaning: `
    A setting that a section has once stands in it twice, or two settings say the same, such as \`epochs\`
    and \`steps\`.`,
  why: "One of them would have to lose, and a reader could not tell which.",
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        batch      32
        epochs     30
      }`,
  },
  right: {
    spec: `
      train {
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      32
        epochs     30
      }`,
  },
});
