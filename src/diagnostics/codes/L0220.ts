import { code } from "./code.js";

export const entry = code({
  code: "L0220",
  severity: "error",
  title: "a thing is declared twice",
  meaning: `
    Two things of one kind have one name, a section that a file has once stands in it twice, or a block has
    the name of an operator.`,
  why: "What a name means must not depend on where a reader looks.",
  wrong: {
    spec: `
      param width = 4
      param width = 8

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      param width = 8

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
