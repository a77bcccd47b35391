import { code } from "./code.js";

export const entry = code({
  code: "L0250",
  severity: "error",
  title: "an embedding without a row for every word",
  meaning: `
    The vocabulary of the dataset has more words than the table of the \`embedding\` has rows.`,
  why: `
    A word whose number lies beyond the last row could not be looked up. Every word needs a row of its own.`,
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

        words: embedding(500, 16)
        state: lstm(32)
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
