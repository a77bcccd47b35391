import { code } from "./code.js";

export const entry = code({
  code: "L0804",
  severity: "warning",
  title: "rates rise from one level to the next",
  meaning: "Under `lerac`, a level starts faster than one before it. The lint is called `rising_rates`.",
  why: `
    The curriculum's idea is that levels near the input go first. Where the order is meant, a waiver says
    why.`,
  wrong: {
    spec: `
      curriculum lerac {
        rates  1e-6 -> 0.1
        until  5 epochs
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
