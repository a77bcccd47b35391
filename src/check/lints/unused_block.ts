import { lint } from "./lint.js";
import { trains, unused } from "./unused.js";
import { itemsOf, namesUsed } from "./uses.js";

export const entry = lint({
  rule: "unused_block",
  page: {
    code: "L0802",
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
  },
  check({ file }) {
    if (!trains(file)) return [];
    const used = namesUsed(file.items);
    return itemsOf(file, "block")
      .filter(({ name }) => !used.has(name.text))
      .map(({ name }) => unused("L0802", "block", name));
  },
});
