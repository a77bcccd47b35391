import { code } from "./code.js";

export const entry = code({
  code: "L0249",
  severity: "error",
  title: "tokens enter the model through an embedding",
  meaning: `
    A layer is given the numbers of words as they are, or an \`embedding\` is given something that is no
    tokens.`,
  why: `
    Word 7 is not more than word 3: only a look-up makes numbers of words that a layer can calculate
    with, and a look-up needs whole numbers from an input of \`tokens\`.`,
  wrong: {
    spec: `
      dataset reviews {
        source   tsv("data/reviews", text: review, label: label)
        classes  [bad, good]
        tokens   words(size: 1000, fit: train, max: 50)
        train    split("train.tsv")
      }

      model classifier {
        input  tokens(50)

        head:  dense(2)
      }`,
  },
  right: {
    spec: `
      dataset reviews {
        source   tsv("data/reviews", text: review, label: label)
        classes  [bad, good]
        tokens   words(size: 1000, fit: train, max: 50)
        train    split("train.tsv")
      }

      model classifier {
        input  tokens(50)

        words: embedding(1000, 16)
        state: lstm(32)
        head:  dense(2)
      }`,
  },
});
