import { code } from "./code.js";

export const entry = code({
  code: "L0417",
  severity: "error",
  title: "a setting of an arm has no name",
  meaning: "Settings of an arm are overridden by name, such as `lerac(until: 2 epochs)`.",
  why: "A curriculum has no order of settings; which one is meant can't be told.",
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      compare {
        lerac(2 epochs)
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      compare {
        lerac
        short: lerac(until: 2 epochs)
      }`,
  },
});
