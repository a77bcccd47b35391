import { code } from "./code.js";

export const entry = code({
  code: "L0025",
  severity: "error",
  title: "a model would have too many layers",
  meaning: `
    The model would have more than 20,000 layers once every \`repeat\` and block is expanded. Nothing was
    expanded.`,
  why: `
    Compiling must end quickly and in little memory, for files from strangers too. The largest published
    networks have a few thousand layers.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        deep:  flatten
               repeat 1000 { repeat 1000 { dense(8) } }
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        deep:  repeat 12 { dense(8) }
        head:  dense(10)
      }`,
  },
});
