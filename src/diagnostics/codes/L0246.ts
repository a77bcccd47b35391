import { code } from "./code.js";

export const entry = code({
  code: "L0246",
  severity: "error",
  title: "an order does not hold each axis once",
  meaning: "`transpose` says for each axis of its output which axis of its input it is, by number, from 0.",
  why: "An axis left out would lose numbers, one named twice would make some.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        turn:  transpose(1, 0)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        turn:  transpose(1, 0, 2)
               flatten
        head:  dense(10)
      }`,
  },
});
