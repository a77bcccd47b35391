import { code } from "./code.js";

export const entry = code({
  code: "L0820",
  severity: "warning",
  title: "a waiver waives nothing",
  meaning: "A comment allows a lint for the next statement, and that lint finds nothing there.",
  why: "A waiver that has lost its cause hides the next slip at this place.",
  wrong: {
    spec: `
      # lint: allow unused_block, kept for the next version of the paper
      param width = 8

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      # lint: allow unused_param, set by the scripts of the cluster
      param width = 8`,
  },
});
