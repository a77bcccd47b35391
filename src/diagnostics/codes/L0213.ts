import { code } from "./code.js";

export const entry = code({
  code: "L0213",
  severity: "error",
  title: "a number is not finite",
  meaning: "The expression divides by zero, or its result is too large for a number.",
  why: "Arithmetic is IEEE double; infinity and NaN are no sizes and no rates.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8 / 0, 3)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8 / 2, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
