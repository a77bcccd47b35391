import { code } from "./code.js";

export const entry = code({
  code: "L0016",
  severity: "error",
  title: "an import needs a name",
  meaning: `
    An import is known by the name of its file. \`wrn-52-2\` is no name, so one is given with \`as\`.`,
  why: `
    Names have letters, digits and \`_\`, or \`wrn-52-2.block\` would be a subtraction.`,
  wrong: {
    spec: `
      import "small-nets.lerac"

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
        head:  dense(10)
      }`,
    files: {
      "small-nets.lerac": `
        lerac 1

        block cell(units) {
          fc: dense(units)
              relu
        }`,
    },
  },
  right: {
    spec: `
      import "small-nets.lerac" as nets

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  nets.cell(64)
        head:  dense(10)
      }`,
    files: {
      "small-nets.lerac": `
        lerac 1

        block cell(units) {
          fc: dense(units)
              relu
        }`,
    },
  },
});
