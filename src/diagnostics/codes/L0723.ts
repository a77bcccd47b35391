import { code } from "./code.js";

export const entry = code({
  code: "L0723",
  severity: "warning",
  title: "the best checkpoint is gone",
  meaning: `
    The file of the best checkpoint so far is no longer there; the best is chosen anew from here on.`,
  why: "The number is known, but not the weights that gave it.",
  wrong: {
    command: "lerac resume 7f3a",
    says: "0:00:02 warn   L0723   the best checkpoint so far, ckpt-001688, is gone",
  },
  right: {
    command: "lerac resume 7f3a",
    says: "done  30 epochs in 24:31",
  },
});
