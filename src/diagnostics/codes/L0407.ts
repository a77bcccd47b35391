import { code } from "./code.js";

export const entry = code({
  code: "L0407",
  severity: "error",
  title: "addresses of layers are missing, or something else stands in their place",
  meaning: `
    The setting takes addresses of layers: labels, with labels below them after points, and whole segments
    as wildcards.`,
  why: "Levels, frozen and held layers are named by the address that the plan and the checkpoints use.",
  wrong: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        levels  1, 2
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
