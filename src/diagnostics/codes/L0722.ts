import { code } from "./code.js";

export const entry = code({
  code: "L0722",
  severity: "error",
  title: "a run was begun already",
  meaning: "The folder holds a run that has begun; starting it anew would mix two histories.",
  why: "Nothing that a run has written is ever overwritten.",
  wrong: {
    command: "lerac run fashion.lerac --out runs/first",
    says: "error[L0722]: the run fashion-lerac-s1-7f3a was begun already",
  },
  right: {
    command: "lerac resume 7f3a",
    says: "done  30 epochs in 24:31",
  },
});
