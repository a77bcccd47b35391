import { code } from "./code.js";

export const entry = code({
  code: "L0241",
  severity: "error",
  title: "an import has nothing of this name",
  meaning: `
    \`nets.cell\` is the block \`cell\` of what was imported as \`nets\`; \`nets(…)\` stands for its block or model called as the file. What an imported file imports itself is not visible.`,
  why: `
    A name that means nothing can only be a slip.`,
  wrong: {
    spec: `
      import "nets.lerac"

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  nets.cel(64)
        head:  dense(10)
      }`,
    files: {
      "nets.lerac": `
        lerac 1

        block cell(units) {
          fc: dense(units)
              relu
        }`,
    },
  },
  right: {
    spec: `
      import "nets.lerac"

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  nets.cell(64)
        head:  dense(10)
      }`,
    files: {
      "nets.lerac": `
        lerac 1

        block cell(units) {
          fc: dense(units)
              relu
        }`,
    },
  },
});
