import { code } from "./code.js";

export const entry = code({
  code: "L0530",
  severity: "error",
  title: "weights for nothing",
  meaning: `
    The address after \`weights\` names no layer with tensors.`,
  why: `
    A file that fills nothing would go unnoticed.`,
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
        weights    bdoy from safetensors("data/net.safetensors")
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
