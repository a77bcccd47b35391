import { code } from "./code.js";

export const entry = code({
  code: "L0532",
  severity: "error",
  title: "a line of a map that matches nothing",
  meaning: `
    The address on the left of \`map\` names no tensor below the address that is filled.`,
  why: `
    Most often it is mistyped, and the tensor it was meant for has no key.`,
  wrong: {
    spec: `
      names theirs {
        map  weight     -> "kernel"
        map  bias       -> "offset"
        map  layer_norm -> "norm"
        map  gru        -> "rnn"
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
