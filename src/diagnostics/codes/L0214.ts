import { code } from "./code.js";

export const entry = code({
  code: "L0214",
  severity: "error",
  title: "a `--set` does not fit the spec",
  meaning: `
    The command line sets a param that the spec does not declare, or gives it a value of another type or
    unit than its default.`,
  why: `
    Only declared params can be set from outside, and they pass the same checks as what is written in the
    file.`,
  wrong: {
    spec: `
      param width = 4

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
    set: { depth: "3" },
  },
  right: {
    spec: `
      param width = 4

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
    set: { width: "8" },
  },
});
