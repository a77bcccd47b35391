import { code } from "./code.js";

export const entry = code({
  code: "L0219",
  severity: "error",
  title: "this has no value here",
  meaning: `
    What is written is well formed, but has no value at this place: an address where a number is needed, a
    pipe outside a dataset, several values in one pair of parentheses.`,
  why: `
    Such forms have a meaning elsewhere in the language, so that a guess would most likely be wrong.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               flatten
        head:  dense(conv.bias)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
