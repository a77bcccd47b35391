import { code } from "./code.js";

export const entry = code({
  code: "L0231",
  severity: "error",
  title: "two paths that are added have different shapes",
  meaning: "A `residual`, or `add`, is given tensors that differ in a size.",
  why: "Nothing is stretched or padded silently. A `shortcut` brings the other path to the same shape.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        stem:  conv2d(8, 3)
        body:  residual {
          conv: conv2d(16, 3)
        }
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        stem:  conv2d(8, 3)
        body:  residual {
          conv: conv2d(16, 3)
        } shortcut {
          conv: conv2d(16, 1)
        }
               flatten
        head:  dense(10)
      }`,
  },
});
