import { code } from "./code.js";

export const entry = code({
  code: "L0227",
  severity: "error",
  title: "a model does not end in one tensor",
  meaning: "The model has no layers, or its last line gives several tensors.",
  why: "The loss compares one output with the target.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(10)
      }`,
  },
});
