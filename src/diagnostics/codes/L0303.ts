import { code } from "./code.js";

export const entry = code({
  code: "L0303",
  severity: "error",
  title: "the source has no such part",
  meaning: "A split does not begin with `split(…)`, or names a part that its source does not have.",
  why: "What is trained on and what is measured on must be said by name.",
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(trian)
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
