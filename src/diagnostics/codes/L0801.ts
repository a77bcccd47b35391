import { code } from "./code.js";

export const entry = code({
  code: "L0801",
  severity: "warning",
  title: "a layer that is trained has no label",
  meaning: `
    A layer with something to train stands above the first label of its model, so that it is called after
    its operator. The lint is called \`unlabelled_layer\`.`,
  why: `
    Levels, checkpoints and plots use this address, and another such layer before it would rename it.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

               conv2d(8, 3)
               relu
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        stem:  conv2d(8, 3)
               relu
               flatten
        head:  dense(10)
      }`,
  },
});
