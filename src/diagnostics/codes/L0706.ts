import { code } from "./code.js";

export const entry = code({
  code: "L0706",
  severity: "error",
  title: "a checkpoint is damaged",
  meaning: "The file of a checkpoint is cut short or changed: its content is not what was written.",
  why: `
    A run that goes on from other weights is another run. The message names an older checkpoint that is
    intact, where there is one.`,
  wrong: {
    command: "lerac resume 7f3a",
    says: "error[L0706]: the checkpoint ckpt-001688 of the run fashion-lerac-s1-7f3a is damaged",
  },
  right: {
    command: "lerac resume 7f3a",
    says: "done  30 epochs in 24:31",
  },
});
