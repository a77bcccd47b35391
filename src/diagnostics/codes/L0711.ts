import { code } from "./code.js";

export const entry = code({
  code: "L0711",
  severity: "error",
  title: "a checkpoint belongs to something else",
  meaning: "The checkpoint was made by another run, another seed or another program.",
  why: "Going on from it would mix two experiments.",
  wrong: {
    command: "lerac eval 7f3a",
    says: "error[L0711]: the checkpoint ckpt-001688 belongs to another run",
  },
  right: {
    command: "lerac eval b81d",
    says: "test.accuracy 91.3 %",
  },
});
