import { code } from "./code.js";

export const entry = code({
  code: "L0215",
  severity: "error",
  title: "there is no setting of this name",
  meaning: "The section has no setting of this name. Where a known one is near, it is offered as a fix.",
  why: "A setting that is silently ignored is one its author believes in.",
  wrong: {
    spec: `
      train {
        loss       cross_entropy
        optimzer   sgd(rate: 0.1)
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
