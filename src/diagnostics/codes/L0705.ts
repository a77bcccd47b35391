import { code } from "./code.js";

export const entry = code({
  code: "L0705",
  severity: "error",
  title: "there is no such run, or several fit",
  meaning: `
    A run is named by its folder, its name, or an unambiguous start of its id; left out, it is the newest.`,
  why: "Acting on a run that was not meant may cost hours.",
  wrong: {
    command: "lerac resume 7f",
    says: "error[L0705]: `7f` fits 2 runs",
  },
  right: {
    command: "lerac resume 7f3a",
    says: "done  30 epochs in 24:31",
  },
});
