import { code } from "./code.js";

export const entry = code({
  code: "L0316",
  severity: "error",
  title: "a part of the data has no reader yet",
  meaning: `
    The spec is right and can be checked and planned. This version can't read the source, carry out the transform, or train towards such a target.`,
  why: `
    Nothing is left out silently: a run would be another one than the spec says.`,
  wrong: {
    command: "lerac run septr-esc50.lerac",
    says: "error[L0316]: the transform `mix_up` is not built yet",
  },
  right: {
    command: "lerac plan septr-esc50.lerac",
    says: "plan   SepTr on ESC-50, five folds   lerac 1   curriculum lerac",
  },
});
