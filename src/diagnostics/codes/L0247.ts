import { code } from "./code.js";

export const entry = code({
  code: "L0247",
  severity: "error",
  title: "an axis can't be divided into equal parts",
  meaning: "`split` makes streams of one size, and the axis is no multiple of their number.",
  why: "Which part gets the rest is not for a compiler to guess; `slice` takes parts of any size.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        parts: split(3)
        sum:   concat from parts
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        parts: split(4)
        sum:   concat from parts
               flatten
        head:  dense(10)
      }`,
  },
});
