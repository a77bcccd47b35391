import { code } from "./code.js";

export const entry = code({
  code: "L0534",
  severity: "error",
  title: "a tensor filled from two files",
  meaning: `
    Two \`weights\` lines fill the same tensor.`,
  why: `
    The second would undo the first.`,
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
        weights    body from safetensors("data/net.safetensors")
        weights    body from safetensors("data/other.safetensors")
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
