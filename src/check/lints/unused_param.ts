import { lint } from "./lint.js";
import { trains, unused } from "./unused.js";
import { itemsOf, namesUsed } from "./uses.js";

export const entry = lint({
  rule: "unused_param",
  page: {
    code: "L0803",
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
  },
  check({ file }) {
    if (!trains(file)) return [];
    const used = namesUsed(file.items);
    return itemsOf(file, "param")
      .filter(({ name }) => !used.has(name.text))
      .map(({ name }) => unused("L0803", "param", name));
  },
});
