import { code } from "./code.js";

export const entry = code({
  code: "L0244",
  severity: "error",
  title: "a reshape changes how many numbers there are",
  meaning: "The sizes of `reshape`, multiplied, are not the numbers that a sample has here.",
  why: "A reshape only lays the same numbers out differently.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               max_pool(2)
               reshape(7, 7, 8)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               max_pool(2)
               reshape(7, 14, 16)
               flatten
        head:  dense(10)
      }`,
  },
});
