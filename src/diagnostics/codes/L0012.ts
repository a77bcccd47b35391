import { code } from "./code.js";

export const entry = code({
  code: "L0012",
  severity: "error",
  title: "an import leaves the project",
  meaning: `
    An imported file lies inside the folder of the main file, or inside its project: the nearest folder above with a \`package.json\` or \`.git\`. Links don't lead out either.`,
  why: `
    A spec from a stranger must not read other files of the machine.`,
  wrong: {
    spec: `
      import "../../other/nets.lerac"

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
