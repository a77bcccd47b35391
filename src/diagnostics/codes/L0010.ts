import { code } from "./code.js";

export const entry = code({
  code: "L0010",
  severity: "error",
  title: "an imported file can't be read",
  meaning: `
    There is no file where the import says, or it is not text. The path is sought from the file that imports.`,
  why: `
    A spec is only as good as the files it is put together from.`,
  wrong: {
    spec: `
      import "net.lerac"

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  net.cell(64)
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
