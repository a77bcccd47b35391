import { code } from "./code.js";

export const entry = code({
  code: "L0226",
  severity: "error",
  title: "a tensor has no such size",
  meaning: "The size asked for does not exist in this shape: a flattened tensor has no `height`.",
  why: "The number would be a guess, and what is built from it wrong.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        wide:  dense(flat.height)
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        flat:  flatten
        wide:  dense(conv.height)
        head:  dense(10)
      }`,
  },
});
