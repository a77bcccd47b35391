import { code } from "./code.js";

export const entry = code({
  code: "L0212",
  severity: "error",
  title: "a value has the wrong unit, or none",
  meaning: `
    The value is understood, but it measures something else than what is asked for here: minutes where the run is
    counted in epochs or steps, a plain number where pixels or a percentage are needed, or two different units in one
    sum or comparison.`,
  why: `
    Units are types: nothing is converted silently. Clock time depends on the machine, so it can never say when a
    curriculum ends; the same file must give the same run everywhere.`,
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  10 min
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
