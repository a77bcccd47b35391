import { code } from "./code.js";

export const entry = code({
  code: "L0239",
  severity: "error",
  title: "a list of numbers does not fit the channels",
  meaning: "`scale` is given one number a channel, but not as many as there are channels.",
  why: "Which channel a number is for can't be told.",
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train)
        scale    standard(mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225])
      }`,
  },
  right: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train)
        scale    standard(mean: 0.286, std: 0.353)
      }`,
  },
});
