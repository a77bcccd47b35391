import { code } from "./code.js";

export const entry = code({
  code: "L0011",
  severity: "error",
  title: "an import names no relative path",
  meaning: `
    The path of an import is relative to the file that imports, written with \`/\`, and ends in \`.lerac\`. Absolute paths, URLs and backslashes mean something else on other machines.`,
  why: `
    The same file must give the same run everywhere, and compiling fetches nothing.`,
  wrong: {
    spec: `
      import "/home/me/nets.lerac"

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
        head:  dense(10)
      }`,
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
