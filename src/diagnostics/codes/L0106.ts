import { code } from "./code.js";

export const entry = code({
  code: "L0106",
  severity: "error",
  title: "there is no section of this name",
  meaning: "A line outside every section begins with a word that is no section.",
  why: "A file consists of sections; what stands between them would have no meaning.",
  wrong: {
    spec: `
      modle cnn {
        input  image(28, 28, 1)

        flat:  flatten
        head:  dense(10)
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
