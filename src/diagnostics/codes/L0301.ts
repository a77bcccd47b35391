import { code } from "./code.js";

export const entry = code({
  code: "L0301",
  severity: "error",
  title: "a path can't stand in a spec",
  meaning: `
    Paths in a spec are relative to the file that writes them, with \`/\`. Absolute paths, drive letters,
    backslashes and URLs are not taken.`,
  why: `
    The same file must work on another machine. Where data lies on this one is said on the command line.`,
  wrong: {
    spec: `
      dataset fashion {
        source   idx("/home/anna/data/fashion-mnist")
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
