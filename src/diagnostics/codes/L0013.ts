import { code } from "./code.js";

export const entry = code({
  code: "L0013",
  severity: "error",
  title: "files import each other in a circle",
  meaning: `
    A file imports itself, directly or through others. The message names the whole circle.`,
  why: `
    What a name means must not depend on where reading begins.`,
  wrong: {
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

        import "more.lerac"

        block cell(units) {
          fc: dense(units)
              relu
        }`,
      "more.lerac": `
        lerac 1

        import "nets.lerac"`,
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
