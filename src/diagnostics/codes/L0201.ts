import { code } from "./code.js";

export const entry = code({
  code: "L0201",
  severity: "error",
  title: "there is no layer or input of this name",
  meaning: `
    The name is neither an operator of the language nor a block of the file, or, behind \`input\`, no kind
    of input.`,
  why: "Only what is known can be built. A name that is almost right is offered as a fix.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               batch_nrom
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               batch_norm
               flatten
        head:  dense(10)
      }`,
  },
});
