import { code } from "./code.js";

export const entry = code({
  code: "L0204",
  severity: "error",
  title: "an argument is missing",
  meaning: "The call lacks an argument that has no default.",
  why: "Where no value is obvious, the author chooses.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8)
               flatten
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
