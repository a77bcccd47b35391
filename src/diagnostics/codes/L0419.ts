import { code } from "./code.js";

export const entry = code({
  code: "L0419",
  severity: "error",
  title: "the spec has no such arm",
  meaning: "`--arm` names an arm that `compare` does not have.",
  why: "What is trained must be readable in the file.",
  wrong: {
    command: "lerac run fashion.lerac --arm cbss",
    says: "error[L0419]: the spec has no arm called `cbss`",
  },
  right: {
    command: "lerac run fashion.lerac --arm cbs",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
