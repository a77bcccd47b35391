import { code } from "./code.js";

export const entry = code({
  code: "L0314",
  severity: "error",
  title: "the source has no such field to learn",
  meaning: `
    \`target\` names the field that is learned; without it, it is \`label\`. Sources with several fields have none of that name.`,
  why: `
    What a model learns is never guessed.`,
  wrong: {
    spec: `
      dataset sounds {
        source   cifar100("data/cifar-100-binary")
        target   species
        classes  100
        train    split(train)
      }

      model net {
        input  image(32, 32, 3)

        flat:  flatten
        head:  dense(100)
      }`,
  },
  right: {
    spec: `
      dataset sounds {
        source   cifar100("data/cifar-100-binary")
        target   fine
        classes  100
        train    split(train)
      }

      model net {
        input  image(32, 32, 3)

        flat:  flatten
        head:  dense(100)
      }`,
  },
});
