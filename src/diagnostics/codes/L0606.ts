import { code } from "./code.js";

export const entry = code({
  code: "L0606",
  severity: "error",
  title: "a claim bounds something else than the p of the test",
  meaning: `
    \`with p < BOUND\` makes the p of the paired test part of a claim; the bound is a number between 0 and
    1.`,
  why: "No other number of the test is promised, and a p is never 0 and never above 1.",
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      compare {
        conventional
        lerac
      }

      expect {
        lerac.test.accuracy > conventional.test.accuracy with p < 5
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      compare {
        conventional
        lerac
      }

      expect {
        lerac.test.accuracy > conventional.test.accuracy with p < 0.05
      }`,
  },
});
