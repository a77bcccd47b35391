import { code } from "./code.js";

export const entry = code({
  code: "L0716",
  severity: "error",
  title: "the data of a run have changed",
  meaning: "The sha256 of the data is not the one that the run began with.",
  why: "A run that learns from two versions of its data can't be repeated by anybody.",
  wrong: {
    command: "lerac resume 7f3a",
    says: "error[L0716]: the data of the run fashion-lerac-s1-7f3a have changed since it began",
  },
  right: {
    command: "lerac run fashion.lerac",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
