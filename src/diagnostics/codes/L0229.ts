import { code } from "./code.js";

export const entry = code({
  code: "L0229",
  severity: "error",
  title: "something stands behind the `return` of a block",
  meaning: `
    A block has a line below its \`return\`. What it computes would go nowhere.`,
  why: `
    A block returns the output of its last line, or what \`return\` names, and \`return\` is then the last line: a reader
    finds what comes out of a block at its end.`,
  wrong: {
    spec: `
      block fork {
        left:  conv2d(8, 3)
        right: conv2d(8, 3)
        return left, right
        more:  conv2d(8, 3)
      }

      model net {
        input  image(28, 28, 1)

        a:    fork
        sum:  add from a.left, a.right
              flatten
        head: dense(10)
      }`,
  },
  right: {
    spec: `
      block fork {
        left:  conv2d(8, 3)
        right: conv2d(8, 3) from in
        return left, right
      }

      model net {
        input  image(28, 28, 1)

        both: fork
        sum:  add from both.left, both.right
              flatten
        head: dense(10)
      }`,
  },
});
