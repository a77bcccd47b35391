import { code } from "./code.js";

export const entry = code({
  code: "L0409",
  severity: "error",
  title: "a level never follows the curriculum",
  meaning: "Everything in the level is held or frozen for the whole run.",
  why: "A level without a tensor has no rate; the others would be spaced as if it had one.",
  wrong: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        levels  conv, head
        freeze  head
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        levels  conv, head
        freeze  head until 2 epochs
      }`,
  },
});
