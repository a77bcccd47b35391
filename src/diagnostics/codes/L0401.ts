import { code } from "./code.js";

export const entry = code({
  code: "L0401",
  severity: "error",
  title: "there is no kind of curriculum of this name",
  meaning: `
    The kind of a curriculum is its own name, or the word behind the colon; this is none of the kinds that
    are known.`,
  why: "A kind is a rule that the plan computes; an unknown one has none.",
  wrong: {
    spec: `
      curriculum leraq {
        rates  0.1 -> 1e-6
        until  5 epochs
      }`,
  },
  right: {
    spec: `
      curriculum slow: lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }`,
  },
});
