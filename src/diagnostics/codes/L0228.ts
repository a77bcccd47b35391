import { code } from "./code.js";

export const entry = code({
  code: "L0228",
  severity: "error",
  title: "a model does not say what it takes",
  meaning: "The first statement of a model is `input`, with the sizes of one sample.",
  why: "Every shape of the model follows from it, and so does every check.",
  wrong: {
    spec: `
      model cnn {
        flat:  flatten
        head:  dense(10)
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
