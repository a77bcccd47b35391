import { code } from "./code.js";

export const entry = code({
  code: "L0014",
  severity: "error",
  title: "too many imports",
  meaning: `
    At most 64 files and 4,194,304 characters are put together, at most 8 imports deep.`,
  why: `
    Compiling an unknown file must end soon.`,
  wrong: {
    spec: `
      import "f0.lerac"

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  dense(64)
        head:  dense(10)
      }`,
    files: {
      "f0.lerac": `
        lerac 1

        import "f1.lerac"`,
      "f1.lerac": `
        lerac 1

        import "f2.lerac"`,
      "f2.lerac": `
        lerac 1

        import "f3.lerac"`,
      "f3.lerac": `
        lerac 1

        import "f4.lerac"`,
      "f4.lerac": `
        lerac 1

        import "f5.lerac"`,
      "f5.lerac": `
        lerac 1

        import "f6.lerac"`,
      "f6.lerac": `
        lerac 1

        import "f7.lerac"`,
      "f7.lerac": `
        lerac 1

        import "f8.lerac"`,
      "f8.lerac": `
        lerac 1

        import "f9.lerac"`,
      "f9.lerac": `
        lerac 1`,
    },
  },
  right: {
    spec: `
      import "nets.lerac"

      model cnn {
        input  image(28, 28, 1)

        flat:  flatten
        body:  nets.cell(64)
        head:  dense(10)
      }`,
    files: {
      "nets.lerac": `
        lerac 1

        block cell(units) {
          fc: dense(units)
              relu
        }`,
    },
  },
});
