import { code } from "./code.js";

export const entry = code({
  code: "L0026",
  severity: "error",
  title: "a repeat runs too often",
  meaning: "One `repeat` asks for more than 4,096 rounds.",
  why: `
    Compiling must end within bounded time. A model that deep is almost always a slip in an expression.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        deep:  repeat 5000 { relu }
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        deep:  repeat 5 { relu }
        head:  dense(10)
      }`,
  },
});
