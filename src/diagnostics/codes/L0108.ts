import { code } from "./code.js";

export const entry = code({
  code: "L0108",
  severity: "error",
  title: "the file does not say its version of the language",
  meaning: "The first statement of a file is `lerac 1`: the version of the language it is written in.",
  why: `
    The version pins grammar, defaults and lints. A file without it could mean something else next year.`,
  wrong: {
    spec: "param width = 32",
    whole: true,
  },
  right: {
    spec: "lerac 1",
    whole: true,
  },
});
