import { code } from "./code.js";

export const entry = code({
  code: "L0225",
  severity: "error",
  title: "a block calls itself",
  meaning: "The block is used inside itself, directly or through other blocks.",
  why: "A spec is total: compiling always ends. Repetition is written with `repeat`.",
  wrong: {
    spec: `
      block body {
        conv2d(8, 3)
        body
      }

      model cnn {
        input  image(28, 28, 1)

        conv:  body
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      block body {
        repeat 3 { conv2d(8, 3) }
      }

      model cnn {
        input  image(28, 28, 1)

        conv:  body
               flatten
        head:  dense(10)
      }`,
  },
});
