import { code } from "./code.js";

export const entry = code({
  code: "L0813",
  severity: "warning",
  title: "the loss applies the model's last activation itself",
  meaning: `
    The model ends with \`softmax\` or \`sigmoid\`, and the loss applies the same to what the model gives. The
    lint is called \`doubled_activation\`.`,
  why: `
    \`cross_entropy\` and \`focal\` begin with a softmax and \`bce\` with a sigmoid, in a form that does not
    overflow. Applied twice the gradient is flat: the net learns slowly, and is never sure of anything.`,
  wrong: {
    spec: `
      model net {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               relu
               flatten
        head:  dense(10)
               softmax
      }`,
  },
  right: {
    spec: `
      model net {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
               relu
               flatten
        head:  dense(10)
      }`,
  },
});
