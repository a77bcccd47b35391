import { code } from "./code.js";

export const entry = code({
  code: "L0238",
  severity: "error",
  title: "the output does not have the form that the loss needs",
  meaning: `
    The model ends in a tensor of another rank than the loss compares, such as an image where one number a
    class is needed.`,
  why: `
    A loss over positions and one over classes are different things; which one is meant is the author's to
    say.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        head:  conv2d(10, 1)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               global_avg_pool
        head:  dense(10)
      }`,
  },
});
