import { code } from "./code.js";

export const entry = code({
  code: "L0202",
  severity: "error",
  title: "there is no value or function of this name",
  meaning: `
    A number or a condition is needed, and the name written there is no parameter, loop variable or function
    that can be seen from this place.`,
  why: `
    A block sees its own parameters, inputs and labels only; a model sees the file's \`param\`s as well.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(2 * width, 3)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      param width = 4

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(2 * width, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
