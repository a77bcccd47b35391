import { code } from "./code.js";

export const entry = code({
  code: "L0414",
  severity: "error",
  title: "a curriculum would end after the run",
  meaning: "The time k at which every level has reached the common rate lies behind the end of the run.",
  why: "The last levels would never train at the rate that `optimizer` states.",
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  50 epochs
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }`,
  },
});
