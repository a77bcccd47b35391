import { code } from "./code.js";

export const entry = code({
  code: "L0714",
  severity: "error",
  title: "a run has no such checkpoint",
  meaning: "The run has not saved the checkpoint that is asked for, or none at all yet.",
  why: "There are no weights to use.",
  wrong: {
    command: "lerac eval 7f3a",
    says: "error[L0714]: the run fashion-lerac-s1-7f3a has no checkpoint yet",
  },
  right: {
    command: "lerac eval b81d",
    says: "test.accuracy 91.3 %",
  },
});
