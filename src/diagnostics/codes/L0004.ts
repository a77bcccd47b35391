import { code } from "./code.js";

export const entry = code({
  code: "L0004",
  severity: "error",
  title: "the version of the language is not known",
  meaning: "The first line names a version of the language that this program does not know.",
  why: `
    The version pins grammar, defaults and lints, so that an old file keeps its meaning. Guessing at a newer
    one could train something else than its author meant.`,
  wrong: {
    spec: "lerac 2",
  },
  right: {
    spec: "lerac 1",
  },
});
