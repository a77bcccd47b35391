import { code } from "./code.js";

export const entry = code({
  code: "L0720",
  severity: "error",
  title: "the events of a run can't be read",
  meaning: "The file that a run writes its events to is there, but can't be read.",
  why: "The monitor is only a reader of this file; the run itself is not concerned.",
  wrong: {
    command: "lerac watch 7f3a",
    says: "error[L0720]: the events of the run cannot be read: permission denied",
  },
  right: {
    command: "lerac watch 7f3a",
    says: "epoch 2.41/30  loss 0.412  23 min left",
  },
});
