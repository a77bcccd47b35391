import { code } from "./code.js";

export const entry = code({
  code: "L0708",
  severity: "error",
  title: "a folder is no run, or its record is damaged",
  meaning: "The folder has no record of a run, or one that can't be read.",
  why: "The record says which program, seed and data a run has; without it nothing can go on.",
  wrong: {
    command: "lerac resume runs",
    says: "error[L0708]: runs is not a run: it has no run.json",
  },
  right: {
    command: "lerac resume runs/fashion-lerac-s1-7f3a",
    says: "done  30 epochs in 24:31",
  },
});
