import { code } from "./code.js";

export const entry = code({
  code: "L0233",
  severity: "error",
  title: "a kernel or window is larger than its input",
  meaning: "The window of the layer, with its padding, does not fit once into what it is given.",
  why: `
    The output would have no positions. Often the layers before have already pooled the image down to a few
    pixels.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               max_pool(16)
               max_pool(4)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               max_pool(2)
               max_pool(4)
               flatten
        head:  dense(10)
      }`,
  },
});
