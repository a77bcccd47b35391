import { code } from "./code.js";

export const entry = code({
  code: "L0807",
  severity: "warning",
  title: "a name has capitals",
  meaning: "A name of the file is not written in snake_case. The lint is called `snake_case`.",
  why: "Addresses are easier to type, sort and compare when all are written alike.",
  wrong: {
    spec: `
      model cnn {
        input      image(28, 28, 1)

        firstConv: conv2d(8, 3)
                   flatten
        head:      dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input       image(28, 28, 1)

        first_conv: conv2d(8, 3)
                    flatten
        head:       dense(10)
      }`,
  },
});
