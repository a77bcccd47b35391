import { code } from "./code.js";

export const entry = code({
  code: "L0242",
  severity: "error",
  title: "of an import, the wrong kind of thing",
  meaning: `
    Of an imported file blocks, models and \`names\` are visible, each where such a thing belongs: blocks in models, models in \`train\` and \`expect\`, names in \`weights\`.`,
  why: `
    Importing a file runs and trains nothing of it.`,
  wrong: {
    spec: `
      import "nets.lerac"

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  nets.whole
        head:  dense(10)
      }`,
    files: {
      "nets.lerac": `
        lerac 1

        block cell(units) {
          fc: dense(units)
              relu
        }

        model whole {
          input  image(28, 28, 1)

          flat:  flatten
          head:  dense(10)
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
