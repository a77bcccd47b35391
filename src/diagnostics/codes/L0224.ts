import { code } from "./code.js";

export const entry = code({
  code: "L0224",
  severity: "error",
  title: "`input` stands at the wrong place",
  meaning: "`input` says what a model takes; it is the first statement of a model and stands nowhere else.",
  why: "A reader looks for what a model takes at its top.",
  wrong: {
    spec: `
      block body {
        input  image(28, 28, 1)
        conv2d(8, 3)
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
        conv2d(8, 3)
      }

      model cnn {
        input  image(28, 28, 1)

        conv:  body
               flatten
        head:  dense(10)
      }`,
  },
});
