import { code } from "./code.js";

export const entry = code({
  code: "L0502",
  severity: "error",
  title: "a spec has nothing to run",
  meaning: `
    The spec is sound, but has no \`train\` section, so that there is nothing to train, plan or compile.`,
  why: "A file of blocks for `import` is complete without one; it can be checked, but not run.",
  wrong: {
    command: "lerac run blocks.lerac",
    says: "error[L0502]: blocks.lerac has no `train` section: there is nothing to run",
  },
  right: {
    command: "lerac run fashion.lerac",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
