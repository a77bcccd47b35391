import { code } from "./code.js";

export const entry = code({
  code: "L0405",
  severity: "error",
  title: "layers are in no level",
  meaning: `
    \`levels\` does not name every layer that has something to train, and these are neither held nor frozen
    for good.`,
  why: "Every trainable tensor must have a rate, and a reader must be able to see which.",
  wrong: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        levels  conv
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        levels  conv, head
      }`,
  },
});
