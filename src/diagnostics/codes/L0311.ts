import { code } from "./code.js";

export const entry = code({
  code: "L0311",
  severity: "error",
  title: "two splits share samples",
  meaning: `
    A sample would be in two splits of the dataset, or it can't be ruled out because the two cut the same
    part in different orders.`,
  why: "A number measured on what the net was trained on is no measurement.",
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train, first: 90%)
        val      split(train, last: 20%)
      }`,
  },
  right: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train, first: 80%)
        val      split(train, last: 20%)
      }`,
  },
});
