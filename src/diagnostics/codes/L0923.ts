import { code } from "./code.js";

export const entry = code({
  code: "L0923",
  severity: "error",
  title: "`--data` names a dataset that the spec does not have",
  meaning: "The name before the `=` of `--data` is no dataset of the spec.",
  why: "Data that is silently not used is data its owner believes in.",
  wrong: {
    command: "lerac run fashion.lerac --data mnist=data/mnist",
    says: "error[L0923]: the spec has no dataset called `mnist`",
  },
  right: {
    command: "lerac run fashion.lerac --data fashion=data/fashion-mnist",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
