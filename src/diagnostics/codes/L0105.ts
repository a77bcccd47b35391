import { code } from "./code.js";

export const entry = code({
  code: "L0105",
  severity: "error",
  title: "a parenthesis is not closed",
  meaning: "The arguments of a call have no closing `)`.",
  why: `
    An open parenthesis continues the line; without its end, the lines below would become arguments.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3
               relu
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               relu
               flatten
        head:  dense(10)
      }`,
  },
});
