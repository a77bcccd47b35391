import { code } from "./code.js";

export const entry = code({
  code: "L0235",
  severity: "error",
  title: "a layer is given too few or too many inputs",
  meaning: "The layer takes another number of tensors than flow into it.",
  why: "Which of them is meant, or what to do with the rest, is not for a compiler to guess.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        sum:   add
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        a:     conv2d(8, 3)
        b:     conv2d(8, 3)
        sum:   add from a, b
               flatten
        head:  dense(10)
      }`,
  },
});
