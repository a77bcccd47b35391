import { code } from "./code.js";

export const entry = code({
  code: "L0217",
  severity: "error",
  title: "a setting is missing, or has too few or too many values",
  meaning: `
    The section can't do without the setting it names, or a setting that takes one value has none or
    several.`,
  why: "What has no obvious default is the author's to choose.",
  wrong: {
    spec: `
      train {
        loss       cross_entropy
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
