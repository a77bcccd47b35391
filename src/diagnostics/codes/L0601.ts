import { code } from "./code.js";

export const entry = code({
  code: "L0601",
  severity: "error",
  title: "a claim about a model's size is false",
  meaning: `
    The claim compares the number of trainable numbers of a model with another number, and it does not hold.
    \`lerac check\` decides this before any training.`,
  why: `
    Such a claim is a check sum of the architecture: an edit that changes the model by accident is seen at
    once.`,
  wrong: {
    spec: `
      expect {
        cnn.parameters == 62801
      }`,
  },
  right: {
    spec: `
      expect {
        cnn.parameters == 62810
      }`,
  },
});
