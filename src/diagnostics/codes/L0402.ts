import { code } from "./code.js";

export const entry = code({
  code: "L0402",
  severity: "error",
  title: "an arm of `compare` names no curriculum, or two have one name",
  meaning: `
    An arm is a curriculum of the file or a bare kind, under its own name or a label; each name is used
    once.`,
  why: "Claims and tables name arms.",
  wrong: {
    spec: `
      compare {
        conventionl
      }`,
  },
  right: {
    spec: `
      compare {
        conventional
      }`,
  },
});
