import { code } from "./code.js";

export const entry = code({
  code: "L0109",
  severity: "error",
  title: "a brace is not closed",
  meaning: "The file ends, or another section begins, while a `{` is still open.",
  why: "Everything below would belong to the open section.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(10)`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(10)
      }`,
  },
});
