import { code } from "./code.js";

export const entry = code({
  code: "L0603",
  severity: "error",
  title: "a claim is no comparison",
  meaning: "A claim compares two things with `==`, `!=`, `<`, `<=`, `>` or `>=`.",
  why: "Only a comparison can hold or fail.",
  wrong: {
    spec: `
      compare {
        conventional
      }

      expect {
        conventional.test.accuracy
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
