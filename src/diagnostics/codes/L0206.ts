import { code } from "./code.js";

export const entry = code({
  code: "L0206",
  severity: "error",
  title: "there are too many arguments, or they are out of order",
  meaning: "The call has more arguments than its signature, or one without a key behind one with a key.",
  why: "Arguments without keys are told apart by their position alone.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               flatten(2)
        head:  dense(10)
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
