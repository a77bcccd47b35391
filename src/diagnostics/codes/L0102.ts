import { code } from "./code.js";

export const entry = code({
  code: "L0102",
  severity: "error",
  title: "a string has no closing quote",
  meaning: "The line ends before the string does.",
  why: "Strings stand on one line, so that one missing quote does not swallow the rest of the file.",
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist)
        classes  10
        train    split(train)
      }`,
  },
  right: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train)
      }`,
  },
});
