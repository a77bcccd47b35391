import { code } from "./code.js";

export const entry = code({
  code: "L0707",
  severity: "error",
  title: "a run is being trained already",
  meaning: "Another trainer works on this run, on this machine or another one.",
  why: "Two trainers would write into one history.",
  wrong: {
    command: "lerac resume 7f3a",
    says: "error[L0707]: the run fashion-lerac-s1-7f3a is being trained already",
  },
  right: {
    command: "lerac watch 7f3a",
    says: "epoch 2.41/30  loss 0.412  23 min left",
  },
});
