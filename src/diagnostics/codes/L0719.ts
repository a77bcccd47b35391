import { code } from "./code.js";

export const entry = code({
  code: "L0719",
  severity: "error",
  title: "the trainer ended without a word",
  meaning: `
    The process that trains is gone and said nothing: it was killed, most often because the machine ran out
    of memory.`,
  why: "What was saved before is whole; `lerac resume` goes on from the last checkpoint.",
  wrong: {
    command: "lerac run large.lerac",
    says: "error[L0719]: the trainer ended without a word (SIGKILL)",
  },
  right: {
    command: "lerac resume",
    says: "done  30 epochs in 24:31",
  },
});
