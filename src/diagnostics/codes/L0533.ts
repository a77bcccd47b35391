import { code } from "./code.js";

export const entry = code({
  code: "L0533",
  severity: "error",
  title: "a map that can't be followed",
  meaning: `
    \`map ADDRESS -> "KEY"\` has as many \`*\` on the left as on the right, and sends no two tensors to one key; \`ignore\` names keys in quotes.`,
  why: `
    Which numbers a tensor starts from must be beyond doubt.`,
  wrong: {
    spec: `
      names theirs {
        map  weight     -> "kernel"
        map  bias       -> "offset"
        map  layer_norm -> "norm.*"
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
