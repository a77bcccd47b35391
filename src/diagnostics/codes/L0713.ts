import { code } from "./code.js";

export const entry = code({
  code: "L0713",
  severity: "error",
  title: "a file of a run can't be written",
  meaning: "The disk is full, or the folder of the run can't be made or changed.",
  why: `
    What was written before is whole: every file is written beside its old version and then takes its place.`,
  wrong: {
    command: "lerac run fashion.lerac",
    says: "error[L0713]: runs/fashion-lerac-s1-7f3a/events.jsonl can't be written: the disk is full",
  },
  right: {
    command: "lerac resume 7f3a",
    says: "done  30 epochs in 24:31",
  },
});
