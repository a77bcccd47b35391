import { code } from "./code.js";

export const entry = code({
  code: "L0223",
  severity: "error",
  title: "a word for sizes is used as a label",
  meaning: `
    \`height\`, \`width\`, \`channels\`, \`bands\`, \`frames\`, \`length\` and \`samples\` ask a tensor for
    a size and can't be labels.`,
  why: "`stem.width` would otherwise mean two things: a size of `stem`, and a layer inside it.",
  wrong: {
    spec: `
      model cnn {
        input     image(28, 28, 1)

        channels: conv2d(8, 3)
                  flatten
        head:     dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        mix:   conv2d(8, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
