import { lint } from "./lint.js";
import { unused } from "./unused.js";
import { itemsOf, namesUsed } from "./uses.js";

export const entry = lint({
  rule: "unused_model",
  page: {
    code: "L0810",
    title: "a model is never used",
    meaning: `
      \`train\` names another model of the file, and no claim speaks of this one. The lint is called
      \`unused_model\`.`,
    why: "A reader takes it for a part of what is trained.",
    wrong: {
      spec: `
        model cnn {
          input  image(28, 28, 1)

          flat:  flatten
          head:  dense(10)
        }

        model wide {
          input  image(28, 28, 1)

          flat:  flatten
          fc:    dense(512)
          head:  dense(10)
        }

        train {
          model      cnn
          loss       cross_entropy
          optimizer  sgd(rate: 0.1)
          batch      64
          epochs     30
        }`,
    },
    right: {
      spec: `
        model cnn {
          input  image(28, 28, 1)

          flat:  flatten
          head:  dense(10)
        }

        train {
          model      cnn
          loss       cross_entropy
          optimizer  sgd(rate: 0.1)
          batch      64
          epochs     30
        }`,
    },
  },
  check({ file, train }) {
    if (train === null || train.model === null) return [];
    const used = namesUsed([...itemsOf(file, "train"), ...itemsOf(file, "expect")]);
    return itemsOf(file, "model")
      .filter(({ name }) => !used.has(name.text))
      .map(({ name }) =>
        unused("L0810", "model", name, ["`train` names another one, and no claim speaks of it"]),
      );
  },
});
