import { code } from "./code.js";

export const entry = code({
  code: "L0232",
  severity: "error",
  title: "a layer is given a tensor of the wrong rank",
  meaning: `
    The layer works on another kind of tensor than it is given, such as a convolution behind \`flatten\`.`,
  why: "The sizes of the tensor no longer say which of them are height, width and channels.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        conv:  conv2d(8, 3)
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        flat:  flatten
        head:  dense(10)
      }`,
  },
});
