import { code } from "./code.js";

export const entry = code({
  code: "L0221",
  severity: "error",
  title: "two layers have one address",
  meaning: "Two groups of a body have one label, or two layers come to lie at the same address.",
  why: "The rate plan, checkpoints, pretrained weights and every message name layers by their address.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        conv:  conv2d(8, 3)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv1: conv2d(8, 3)
        conv2: conv2d(8, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
