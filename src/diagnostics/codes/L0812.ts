import { code } from "./code.js";

export const entry = code({
  code: "L0812",
  severity: "warning",
  title: "an import is never used",
  meaning: "The file imports another one and uses nothing of it. The lint is called `unused_import`.",
  why: "A reader takes it for a part of what is trained, and looks for it.",
  wrong: {
    spec: "import std.bert",
  },
  right: {
    spec: `
      param width = 8

      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(width, 3)
               flatten
        head:  dense(10)
      }`,
  },
});
