import { code } from "./code.js";

export const entry = code({
  code: "L0307",
  severity: "error",
  title: "a split has nothing to train or measure on",
  meaning: "A split is empty, or `last_batch drop` leaves no full batch of it.",
  why: "An epoch without a step would never end, and a mean of nothing is no result.",
  wrong: {
    command: "lerac run tiny.lerac",
    says: "error[L0307]: `train` has 40 samples: no full batch of 64",
  },
  right: {
    command: "lerac run tiny.lerac --set batch=32",
    says: "lerac 0.1.0  tiny.lerac  ok: 8,074 parameters, 2 levels, 30 steps",
  },
});
