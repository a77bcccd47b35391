import { code } from "./code.js";

export const entry = code({
  code: "L0602",
  severity: "error",
  title: "a claim names something that is not measured",
  meaning: "A claim about a result names arm, split and metric, and the arm must be one of `compare`.",
  why: "What no run gives can't be claimed.",
  wrong: {
    spec: `
      compare {
        conventional
      }

      expect {
        lerac.test.accuracy >= 0.9
      }`,
  },
  right: {
    spec: `
      compare {
        conventional
      }

      expect {
        conventional.test.accuracy >= 0.9
      }`,
  },
});
