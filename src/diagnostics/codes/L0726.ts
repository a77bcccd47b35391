import { code } from "./code.js";

export const entry = code({
  code: "L0726",
  severity: "error",
  title: "the vocabulary of a run is missing or damaged",
  meaning: `
    A run on text keeps the words that it counted, by number, as \`vocabulary.json\` in its folder. That file is
    not there, or is no longer what the trainer wrote.`,
  why: `
    The numbers that the network has learned stand for these words and no others. Words counted anew on other
    data would get other numbers, and answers would look right and be wrong.`,
  wrong: {
    command: "lerac predict 7f3a questions.txt     # vocabulary.json was deleted",
    says: "error[L0726]: the vocabulary of the run boolq-lerac-s1-7f3a is missing",
  },
  right: {
    command: "lerac predict 7f3a questions.txt     # with the whole folder of the run",
    says: "questions.txt[0]  true         91.2 %",
  },
});
