import { code } from "./code.js";

export const entry = code({
  code: "L0101",
  severity: "error",
  title: "a character is not used in the language",
  meaning: `
    The file holds a character that no part of the language uses. Outside strings and comments only ASCII is
    allowed.`,
  why: `
    Letters that look alike but are different would make two names of what a reviewer takes for one.`,
  wrong: {
    spec: `
      dataset fashion {
        source   idx('data/fashion-mnist')
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
