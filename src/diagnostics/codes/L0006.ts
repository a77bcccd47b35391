import { code } from "./code.js";

export const entry = code({
  code: "L0006",
  severity: "error",
  title: "a file can't be written",
  meaning: `
    The file named for the output can't be written: its folder is missing, the disk is full, or it may not
    be changed.`,
  why: `
    What was asked for would be lost silently otherwise. A file that was there before is left as it was.`,
  wrong: {
    command: "lerac compile fashion.lerac -o missing/cnn.program.json",
    says: "error[L0006]: missing/cnn.program.json can't be written: ENOENT",
  },
  right: {
    command: "lerac compile fashion.lerac -o cnn.program.json",
    says: "wrote cnn.program.json   sha256 4be190c7",
  },
});
