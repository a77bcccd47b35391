import { code } from "./code.js";

export const entry = code({
  code: "L0412",
  severity: "error",
  title: "the curriculum trains nothing",
  meaning: `
    Every layer of the model is held or frozen for good, so that no rate is left for the curriculum to set.`,
  why: "The run would not do what its curriculum says.",
  wrong: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        freeze  conv, head
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        freeze  conv, head until 2 epochs
      }`,
  },
});
