import { code } from "./code.js";

export const entry = code({
  code: "L0234",
  severity: "error",
  title: "the padding of a pool is more than half its window",
  meaning: "With such a padding there would be windows that see nothing but padding.",
  why: "The largest of no values, and their mean, are not defined.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               max_pool(2, padding: 2)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               max_pool(2, padding: 1)
               flatten
        head:  dense(10)
      }`,
  },
});
