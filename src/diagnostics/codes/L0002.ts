import { code } from "./code.js";

export const entry = code({
  code: "L0002",
  severity: "error",
  title: "brackets are nested too deep",
  meaning: "Brackets of any kind are nested more than 32 deep.",
  why: `
    Nobody can review such a line, and what reads it would need a stack without bound. A \`block\` gives the
    inner part a name of its own.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d((((((((((((((((((((((((((((((((8)))))))))))))))))))))))))))))))), 3)
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
