import { code } from "./code.js";

export const entry = code({
  code: "L0712",
  severity: "error",
  title: "a run is complete",
  meaning: "The run has reached its end: there is nothing to resume.",
  why: "Training on would be another experiment than the one that the program describes.",
  wrong: {
    command: "lerac resume 7f3a",
    says: "error[L0712]: the run fashion-lerac-s1-7f3a is complete: there is nothing to resume",
  },
  right: {
    command: "lerac run fashion.lerac --epochs 40",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 33,760 steps",
  },
});
