import { code } from "./code.js";

export const entry = code({
  code: "L0236",
  severity: "error",
  title: "the head does not have one output a class",
  meaning: "The last layer has another number of outputs than the dataset has classes.",
  why: `
    Cross-entropy compares one output a class. With too few, some labels could never be right; with too
    many, some outputs are never wanted.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(100)
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
