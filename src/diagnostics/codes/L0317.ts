import { code } from "./code.js";

export const entry = code({
  code: "L0317",
  severity: "error",
  title: "classes that the source does not have",
  meaning: `
    Sources with a fixed number of classes are held to it; a field that is a number, such as an age, has none.`,
  why: `
    The head of the model and every metric hang on this number.`,
  wrong: {
    spec: `
      dataset sounds {
        source   cifar10("data/cifar-10-batches-bin")
        classes  12
        train    split(train)
      }

      model net {
        input  image(32, 32, 3)

        flat:  flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      dataset sounds {
        source   cifar10("data/cifar-10-batches-bin")
        classes  10
        train    split(train)
      }

      model net {
        input  image(32, 32, 3)

        flat:  flatten
        head:  dense(10)
      }`,
  },
});
