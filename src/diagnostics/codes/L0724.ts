import { code } from "./code.js";

export const entry = code({
  code: "L0724",
  severity: "error",
  title: "there is no trainer to stop",
  meaning:
    "The run is not being trained, or its trainer works on a machine where it can't be ended from here.",
  why: "A stop that changes nothing would look like one that worked.",
  wrong: {
    command: "lerac stop 7f3a",
    says: "error[L0724]: the run fashion-lerac-s1-7f3a is not being trained: nothing to stop",
  },
  right: {
    command: "lerac show 7f3a",
    says: "state    stopped at epoch 2.41, 2:02 trained, best val.accuracy 87.4 % @2",
  },
});
