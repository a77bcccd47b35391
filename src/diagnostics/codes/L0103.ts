import { code } from "./code.js";

export const entry = code({
  code: "L0103",
  severity: "error",
  title: "an escape in a string is not known",
  meaning: `
    Strings know four escapes: a quote, a backslash, a line end and a tab. Any other letter after a
    backslash has no meaning.`,
  why: `
    Most often the string is a path with backslashes. Paths are written with \`/\` on every system, so that
    a spec works on each of them.`,
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data\\fashion-mnist")
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
