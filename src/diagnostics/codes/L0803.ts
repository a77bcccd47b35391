import { code } from "./code.js";

export const entry = code({
  code: "L0803",
  severity: "warning",
  title: "a param is never used",
  meaning: `
    The file trains something, and declares a \`param\` that nothing in it uses. The lint is called
    \`unused_param\`.`,
  why: "Setting it with `--set` would change nothing but the name of the result.",
  wrong: {
    spec: "param width = 8",
  },
  right: {
    spec: `
      param width = 8

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
