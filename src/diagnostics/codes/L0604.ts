import { code } from "./code.js";

export const entry = code({
  code: "L0604",
  severity: "error",
  title: "a claim says that measured numbers are equal",
  meaning: "Two measured numbers are never exactly equal; a claim with `==` says `within` how much.",
  why: "The claim would fail for every run.",
  wrong: {
    spec: `
      compare {
        conventional
      }

      expect {
        conventional.test.accuracy == 0.9
      }`,
  },
  right: {
    spec: `
      compare {
        conventional
      }

      expect {
        conventional.test.accuracy == 0.9 within 0.01
      }`,
  },
});
