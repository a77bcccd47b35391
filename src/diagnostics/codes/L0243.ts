import { code } from "./code.js";

export const entry = code({
  code: "L0243",
  severity: "error",
  title: "an imported model uses a param of its file",
  meaning: `
    \`--set\` reaches the \`param\`s of the file that is compiled, and no others. A model that uses one can't be imported.`,
  why: `
    Two files would be needed to know what the model is.`,
  wrong: {
    spec: `
      import "nets.lerac"

      train {
        model      nets.net
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
    files: {
      "nets.lerac": `
        lerac 1

        param width = 64

        model net {
          input  image(28, 28, 1)

          flat:  flatten
          body:  dense(width)
          head:  dense(10)
        }`,
    },
  },
  right: {
    spec: `
      import "nets.lerac"

      train {
        model      nets.net
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
    files: {
      "nets.lerac": `
        lerac 1

        model net(width = 64) {
          input  image(28, 28, 1)

          flat:  flatten
          body:  dense(width)
          head:  dense(10)
        }`,
    },
  },
});
