import { code } from "./code.js";

export const entry = code({
  code: "L0404",
  severity: "error",
  title: "the number of rates is not the number of levels",
  meaning: "`rates` lists one rate a level, but not as many as the model has levels.",
  why: "Which level a rate is for can't be told. Two ends with `->` spread over any number of levels.",
  wrong: {
    spec: `
      curriculum lerac {
        rates  [0.1, 0.01, 0.001]
        until  5 epochs
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates  [0.1, 0.001]
        until  5 epochs
      }`,
  },
});
