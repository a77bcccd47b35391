import { code } from "./code.js";

export const entry = code({
  code: "L0920",
  severity: "error",
  title: "a command line is not understood",
  meaning: `
    A command, flag or operand is not known, is missing, or has a value of the wrong form. Nothing was read
    or done.`,
  why: "Flags are full words and are not guessed: a guess could start hours of the wrong training.",
  wrong: {
    command: "lerac run fashion.lerac --seeed 3",
    says: "error[L0920]: `lerac run` has no flag `--seeed`",
  },
  right: {
    command: "lerac run fashion.lerac --seed 3",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
