import { code } from "./code.js";

export const entry = code({
  code: "L0921",
  severity: "error",
  title: "a flag needs NAME=VALUE",
  meaning: "`--set` and `--data` take a name and a value with `=` between them.",
  why: "Without both it can't be told what is to be set.",
  wrong: {
    command: "lerac run fashion.lerac --set width",
    says: "error[L0921]: `--set` needs NAME=VALUE, not `width`",
  },
  right: {
    command: "lerac run fashion.lerac --set width=64",
    says: "lerac 0.1.0  fashion.lerac  ok: 6,484,618 parameters, 4 levels, 25,320 steps",
  },
});
