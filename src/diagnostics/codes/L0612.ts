import { code } from "./code.js";

export const entry = code({
  code: "L0612",
  severity: "error",
  title: "so few seeds can never show such a p",
  meaning: `
    The smallest p that the exact signed-rank test can give for n pairs is 1/2^n; the claim asks for a
    smaller one.`,
  why: `
    The claim would fail whatever the runs give, and that can be known before an hour of compute is spent.`,
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
        lerac.test.accuracy > conventional.test.accuracy with p < 0.01
      }`,
  },
  right: {
    spec: `
      experiment "example" {
        seeds  1..7
      }

      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      compare {
        conventional
        lerac
      }

      expect {
        lerac.test.accuracy > conventional.test.accuracy with p < 0.01
      }`,
  },
});
