import { code } from "./code.js";

export const entry = code({
  code: "L0821",
  severity: "warning",
  title: "a waiver is not understood",
  meaning: `
    The comment names no lint, one that is not known, or stands behind a statement. A waiver is a line of
    its own, \`# lint: allow RULE, reason\`, before the statement it is for.`,
  why: "What it is meant to allow would still be warned of.",
  wrong: {
    spec: `
      # lint: allow unused_parm, set by the scripts of the cluster
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
