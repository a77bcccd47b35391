import { code } from "./code.js";

export const entry = code({
  code: "L0302",
  severity: "error",
  title: "the classes of a dataset are not a number or a list of names",
  meaning: `
    \`classes\` takes a number of at least 2, or a list of at least two different names, in the order of the
    labels.`,
  why: "The size of the head and the names in every result follow from it.",
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  1
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
