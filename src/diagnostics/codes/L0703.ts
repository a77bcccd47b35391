import { code } from "./code.js";

export const entry = code({
  code: "L0703",
  severity: "error",
  title: "a program is damaged",
  meaning: `
    The file says it is a program, but lacks a part, holds one that is not known, or contradicts itself.`,
  why: "A program may come from anywhere; nothing of it is used before all of it is sound.",
  wrong: {
    command: "lerac run cnn.program.json     # cut short by a full disk",
    says: "error[L0703]: cnn.program.json is damaged: it has not the form of a program",
  },
  right: {
    command: "lerac compile fashion.lerac -o cnn.program.json",
    says: "wrote cnn.program.json   sha256 4be190c7",
  },
});
