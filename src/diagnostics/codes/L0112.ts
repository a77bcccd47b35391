import { code } from "./code.js";

export const entry = code({
  code: "L0112",
  severity: "error",
  title: "something that is no name is called",
  meaning: "Parentheses with arguments follow a number, a list or another call. Only a name can be called.",
  why: `
    A call names an operator, a block, a transform or a function of the language; there is nothing else that could be
    called. Often an operator such as \`*\` was left out before the parenthesis.`,
  wrong: {
    spec: `
      param width = 2(3 + 1)`,
  },
  right: {
    spec: `
      param width = 2 * (3 + 1)

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
