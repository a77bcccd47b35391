import { boolean, count, string } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "wordpiece",
  summary:
    "Word pieces of a trained vocabulary, as `ids`; of two texts also `segments`, 0 for the first and 1 for the second.",
  source: "Wu et al. 2016; Devlin et al. 2019, BERT",
  arguments: {
    file: string("the tokenizer.json of the vocabulary"),
    lower: boolean("lower case first, without accents", { default: true }),
    max: count("tokens at most, with [CLS] and [SEP]", { minimum: 3, maximum: 65536 }),
  },
  random: false,
  takes: ["text"],
  apply: (sample, { max }) => ({
    gives: { kind: "tokens", length: max, fields: sample.texts > 1 ? ["ids", "segments"] : ["ids"] },
  }),
});
