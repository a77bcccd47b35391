import { code } from "./code.js";

export const entry = code({
  code: "L0027",
  severity: "error",
  title: "a tensor would be too large",
  meaning: "A layer's output or one of its tensors would hold more than 2^31 numbers.",
  why: `
    No backend holds such a tensor; the size is most often a slip, such as \`flatten\` before a wide
    \`dense\`.`,
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        wide:  dense(4000000)
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        wide:  dense(400)
        head:  dense(10)
      }`,
  },
});
