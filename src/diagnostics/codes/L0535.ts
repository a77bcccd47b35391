import { code } from "./code.js";

export const entry = code({
  code: "L0535",
  severity: "error",
  title: "weights without a file",
  meaning: `
    A \`weights\` line says what starts from which file: \`weights ADDRESS from safetensors("FILE")\`.`,
  why: `
    Both are needed to know where training begins.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
               layer_norm
        head:  dense(10)
      }

      train {
        weights    body
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
               layer_norm
        head:  dense(10)
      }

      train {
        weights    body from safetensors("data/net.safetensors")
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
});
