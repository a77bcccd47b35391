import { code } from "./code.js";

export const entry = code({
  code: "L0700",
  severity: "error",
  title: "a run failed without a code of its own",
  meaning: "The trainer ended a run with a message that has no code.",
  why: "The message and its notes say what happened; the run folder holds the rest.",
  wrong: {
    command: "lerac run fashion.lerac",
    says: "error[L0700]: the run failed",
  },
  right: {
    command: "lerac resume",
    says: "done  30 epochs in 24:31",
  },
});
