import { code } from "./code.js";

export const entry = code({
  code: "L0501",
  severity: "error",
  title: "the seeds are not whole numbers, or too many",
  meaning: "`seeds` takes whole numbers from 0 below 2^32, as a list or a range, at most 1,000 of them.",
  why: "A seed fixes the initial weights and the order of the data; it is part of the result.",
  wrong: {
    spec: `
      experiment "example" {
        seeds  1.5
      }`,
  },
  right: {
    spec: `
      experiment "example" {
        seeds  1..5
      }`,
  },
});
