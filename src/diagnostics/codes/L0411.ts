import { code } from "./code.js";

export const entry = code({
  code: "L0411",
  severity: "error",
  title: "a curriculum changes nothing",
  meaning: "Every level starts at the common rate already, so that the curriculum has nothing to raise.",
  why: "The run would be conventional training under another name.",
  wrong: {
    spec: `
      curriculum lerac {
        rates  0.1 -> 0.1
        until  5 epochs
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
