import { code } from "./code.js";

export const entry = code({
  code: "L0211",
  severity: "error",
  title: "a number is out of bounds",
  meaning: "The number is of the right type, but too small or too large for what it stands for.",
  why: `
    The bounds are those within which the definition makes sense: a dropout of 1 would drop everything.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               dropout(1.5)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               dropout(0.5)
               flatten
        head:  dense(10)
      }`,
  },
});
