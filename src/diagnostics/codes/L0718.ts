import { code } from "./code.js";

export const entry = code({
  code: "L0718",
  severity: "error",
  title: "the dataset has no such split to evaluate",
  meaning: "`--split` names a split that the dataset of the run does not have.",
  why: "There is nothing to measure on.",
  wrong: {
    command: "lerac eval 7f3a --split val",
    says: "error[L0718]: the spec has no `val` split",
  },
  right: {
    command: "lerac eval 7f3a --split test",
    says: "test.accuracy 91.3 %",
  },
});
