import { code } from "./code.js";

export const entry = code({
  code: "L0218",
  severity: "error",
  title: "a word is not one of those known here",
  meaning: `
    The place takes one of a few names, such as the losses, optimizers or schedules of the language, and
    this is none of them.`,
  why: "Each has a definition that the plan and the reference state; an unknown one has none.",
  wrong: {
    spec: `
      train {
        loss       cross_entropi
        optimizer  sgd(rate: 0.1)
        batch      64
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
