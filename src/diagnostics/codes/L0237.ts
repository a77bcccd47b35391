import { code } from "./code.js";

export const entry = code({
  code: "L0237",
  severity: "error",
  title: "the dataset does not give what the model takes",
  meaning: `
    The samples of the dataset and the inputs of the model are of different kinds, or differ in their
    channels.`,
  why: "Nothing is converted silently: grey images are no colour images.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 3)

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
