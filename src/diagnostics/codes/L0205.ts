import { code } from "./code.js";

export const entry = code({
  code: "L0205",
  severity: "error",
  title: "an argument is given twice",
  meaning: "The same argument is given by position and by key, or by two keys that say the same.",
  why: "One of them would have to lose, and a reader could not tell which.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3, filters: 16)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(16, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
