import { code } from "./code.js";

export const entry = code({
  code: "L0704",
  severity: "error",
  title: "the folder for a run is there already",
  meaning: "The folder named by `--out` is not empty.",
  why: "Nothing that a run has written is ever overwritten.",
  wrong: {
    command: "lerac run fashion.lerac --out runs/first",
    says: "error[L0704]: the folder runs/first is there already and not empty",
  },
  right: {
    command: "lerac run fashion.lerac --out runs/second",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
