import { code } from "./code.js";

export const entry = code({
  code: "L0203",
  severity: "error",
  title: "there is no argument of this name",
  meaning: "The call is given an argument with a key that its signature does not have.",
  why: "An argument that is silently ignored is a setting its author believes in.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3, strid: 2)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3, stride: 2)
               flatten
        head:  dense(10)
      }`,
  },
});
