import { code } from "./code.js";

export const entry = code({
  code: "L0245",
  severity: "error",
  title: "a part reaches beyond what there is",
  meaning: "`slice`, `pick` or `crop` asks for places that the axis does not have, or leaves none.",
  why: "Places are counted from 0, so the last of 28 is 27.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        rows:  pick(28, axis: height)
               flatten
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        rows:  pick(27, axis: height)
               flatten
        head:  dense(10)
      }`,
  },
});
