import { code } from "./code.js";

export const entry = code({
  code: "L0312",
  severity: "error",
  title: "a random transform is used outside `train`",
  meaning: `
    \`val\` and \`test\` are measured the same every time; transforms that draw random numbers are allowed
    in \`train\` only.`,
  why: "Otherwise the same weights would give another result at each evaluation.",
  wrong: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train)
        test     split(test) |> flip
      }`,
  },
  right: {
    spec: `
      dataset fashion {
        source   idx("data/fashion-mnist")
        classes  10
        train    split(train) |> flip
        test     split(test)
      }`,
  },
});
