import { code } from "./code.js";

export const entry = code({
  code: "L0210",
  severity: "error",
  title: "a value is of the wrong type",
  meaning: `
    The value is understood, but it is another kind of thing than what is needed: a truth value where a
    whole number is, a string where a name is.`,
  why: "Nothing is converted silently.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d("8", 3)
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
