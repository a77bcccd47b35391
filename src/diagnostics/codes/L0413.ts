import { code } from "./code.js";

export const entry = code({
  code: "L0413",
  severity: "error",
  title: "a time is not later than the start",
  meaning: "The curriculum would end, or tick, at or before the start of the run.",
  why: "A curriculum of no length is conventional training; one of negative length is nothing.",
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  0 epochs
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
