import { code } from "./code.js";

export const entry = code({
  code: "L0802",
  severity: "warning",
  title: "a block is never used",
  meaning: `
    The file trains something, and declares a \`block\` that nothing in it uses. The lint is called
    \`unused_block\`.`,
  why: "A reader takes it for a part of what is trained.",
  wrong: {
    spec: `
      block wide(filters) {
        conv2d(2 * filters, 3)
      }`,
  },
  right: {
    spec: `
      block wide(filters) {
        conv2d(2 * filters, 3)
      }

      model cnn {
        input  image(28, 28, 1)

        conv:  wide(8)
               flatten
        head:  dense(10)
      }`,
  },
});
