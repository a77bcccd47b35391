import { code } from "./code.js";

export const entry = code({
  code: "L0531",
  severity: "error",
  title: "a tensor without a key",
  meaning: `
    Every tensor below the address must be met: a map says for each where it lies in the file.`,
  why: `
    A tensor left out would start at random without anybody saying so.`,
  wrong: {
    spec: `
      names theirs {
        map  weight     -> "kernel"
        map  bias       -> "offset"
      }

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
               layer_norm
        head:  dense(10)
      }

      train {
        weights    body from safetensors("data/net.safetensors", names: theirs)
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
  right: {
    spec: `
      names theirs {
        map  weight     -> "kernel"
        map  bias       -> "offset"
        map  layer_norm -> "norm"
      }

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
               layer_norm
        head:  dense(10)
      }

      train {
        weights    body from safetensors("data/net.safetensors", names: theirs)
        loss       cross_entropy
        optimizer  sgd(rate: 0.1)
        batch      64
        epochs     30
      }`,
  },
});
