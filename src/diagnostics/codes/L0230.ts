import { code } from "./code.js";

export const entry = code({
  code: "L0230",
  severity: "error",
  title: "channels can't be divided into these groups",
  meaning: "The channels that come in, or the filters asked for, are no multiple of the number of groups.",
  why: "A grouped convolution gives each group the same share of both.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv1: conv2d(8, 3)
        conv2: conv2d(12, 3, groups: 3)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv1: conv2d(8, 3)
        conv2: conv2d(12, 3, groups: 4)
               flatten
        head:  dense(10)
      }`,
  },
});
