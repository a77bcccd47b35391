import { code } from "./code.js";

export const entry = code({
  code: "L0015",
  severity: "error",
  title: "no such module of std",
  meaning: `
    \`import std.NAME\`, without quotes, names a module that ships with the language. Files are named in quotes.`,
  why: `
    What \`std\` holds is fixed by the version of the language and can't be replaced by files.`,
  wrong: {
    spec: `
      import std.brt

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
        head:  dense(10)
      }`,
  },
});
