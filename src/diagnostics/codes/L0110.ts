import { code } from "./code.js";

export const entry = code({
  code: "L0110",
  severity: "error",
  title: "something is missing, or can't stand at this place",
  meaning: "At the marked place the line needs something else: a value, a name, a layer.",
  why: "The rest of the line hangs on it and can't be understood without it.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, , 3)
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
