import { boolean, count, string, word } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "words",
  summary:
    "Whole words, the most frequent ones of the train split: 0 fills up, 1 stands for a word not known. Two texts are joined.",
  arguments: {
    size: count("words in the vocabulary, with those two", { minimum: 3, maximum: 10_000_000 }),
    fit: word("where the vocabulary is counted", ["train"], { default: "train" }),
    lower: boolean("lower case first", { default: true }),
    max: count("tokens at most", { maximum: 65536 }),
    separator: string("a word put between two texts", { default: "[SEP]" }),
  },
  random: false,
  takes: ["text"],
  apply: (_, { max }) => ({ gives: { kind: "tokens", length: max, fields: ["ids"] } }),
});
