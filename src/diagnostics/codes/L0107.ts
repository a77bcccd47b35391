import { code } from "./code.js";

export const entry = code({
  code: "L0107",
  severity: "error",
  title: "a closing brace closes nothing",
  meaning: "There is a `}` where no `{` is open.",
  why: "One brace too many usually means that a section ended earlier than its author thought.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(10)
      }
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(10)
      }`,
  },
});
