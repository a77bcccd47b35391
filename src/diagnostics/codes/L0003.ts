import { code } from "./code.js";

export const entry = code({
  code: "L0003",
  severity: "error",
  title: "a value has too many operators",
  meaning: "One value is made of more than 256 operators in a chain.",
  why: `
    Values are sizes and rates that a reader can follow. The limit keeps what evaluates them within bounds.`,
  wrong: {
    command: "lerac check sums.lerac",
    says: "error[L0003]: one value has more than 256 operators",
  },
  right: {
    command: "lerac check sums.lerac",
    says: "ok  sums.lerac   1 model, 8,074 parameters, 2 levels",
  },
});
