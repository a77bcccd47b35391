import { code } from "./code.js";

export const entry = code({
  code: "L0701",
  severity: "error",
  title: "a program was changed after it was compiled",
  meaning: `
    The sha256 that a program carries is not that of its content, or its rates are not those that its own
    curriculum gives.`,
  why: `
    A program is what a reviewer has approved and what a run is named by. A changed one is another
    experiment.`,
  wrong: {
    command: "lerac run cnn.program.json     # edited by hand",
    says: "error[L0701]: cnn.program.json was changed after it was compiled",
  },
  right: {
    command: "lerac compile fashion.lerac -o cnn.program.json",
    says: "wrote cnn.program.json   sha256 4be190c7",
  },
});
