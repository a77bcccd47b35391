import { code } from "./code.js";

export const entry = code({
  code: "L0550",
  severity: "error",
  title: "a spec uses something that can't be trained yet",
  meaning: `
    The spec is sound: it can be checked, planned and compiled. This version of lerac can't train one of the
    things it asks for.`,
  why: "Leaving it out would give a result that is not that of the spec; nothing was run.",
  wrong: {
    command: "lerac run detection.lerac",
    says: "error[L0550]: training for the loss `detection` is not built yet",
  },
  right: {
    command: "lerac plan detection.lerac",
    says: "plan   detection   lerac 1   curriculum conventional   plan 4be190c7",
  },
});
