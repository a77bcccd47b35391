import { code } from "./code.js";

export const entry = code({
  code: "L0416",
  severity: "error",
  title: "there are too many arms",
  meaning: "`compare` has more than 32 arms.",
  why: "Each arm is trained with every seed; a comparison of that size belongs into several files.",
  wrong: {
    command: "lerac check grid.lerac",
    says: "error[L0416]: 40 arms; the limit is 32",
  },
  right: {
    command: "lerac check grid.lerac",
    says: "ok  grid.lerac   1 model, 62,810 parameters, 2 levels",
  },
});
