import { code } from "./code.js";

export const entry = code({
  code: "L0222",
  severity: "error",
  title: "an address names nothing that is finished",
  meaning: `
    \`from\`, \`return\` or a size such as \`stem.height\` names a group that does not exist, that comes
    later, or that is still running.`,
  why: "Only finished groups can be named, so that every graph is acyclic by construction.",
  wrong: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        flat:  flatten from cnov
        head:  dense(10)
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv:  conv2d(8, 3)
        flat:  flatten from conv
        head:  dense(10)
      }`,
  },
});
