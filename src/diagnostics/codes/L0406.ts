import { code } from "./code.js";

export const entry = code({
  code: "L0406",
  severity: "error",
  title: "a layer is in two levels",
  meaning: "Two selectors of `levels`, or two of `freeze` and `hold`, match the same tensors.",
  why: "Every trainable tensor has one rate at a time.",
  wrong: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        levels  conv, head, conv
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
