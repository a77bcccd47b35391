import { code } from "./code.js";

export const entry = code({
  code: "L0922",
  severity: "error",
  title: "the params of a compiled program are fixed",
  meaning: "`--set` is given together with a compiled program.",
  why: "A program carries its params in its hash: with others it would be another program.",
  wrong: {
    command: "lerac run cnn.program.json --set width=64",
    says: "error[L0922]: `--set` needs a spec: the params of a compiled program are fixed",
  },
  right: {
    command: "lerac run fashion.lerac --set width=64",
    says: "lerac 0.1.0  fashion.lerac  ok: 6,484,618 parameters, 4 levels, 25,320 steps",
  },
});
