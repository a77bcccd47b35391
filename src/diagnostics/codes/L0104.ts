import { code } from "./code.js";

export const entry = code({
  code: "L0104",
  severity: "error",
  title: "a word of the language is used as a name",
  meaning: "A name is needed, but the word written there belongs to the language.",
  why: "A word that is sometimes a name and sometimes not can be read in two ways.",
  wrong: {
    spec: "param until = 5",
  },
  right: {
    spec: `
      param width = 8

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
