import { code } from "./code.js";

export const entry = code({
  code: "L0408",
  severity: "error",
  title: "a setting of a curriculum is written in another way",
  meaning: `
    The setting has a clause that it does not know, lacks one that it needs, or says one twice: \`hold\`
    needs \`at RATE\`, \`freeze\` and \`hold\` may have \`until TIME\`.`,
  why: "A clause that is silently ignored is one its author believes in.",
  wrong: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        hold    head
      }`,
  },
  right: {
    spec: `
      model cnn {
        input  image(28, 28, 1)

        conv1: conv2d(8, 3)
        conv2: conv2d(8, 3)
               flatten
        head:  dense(10)
      }

      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        hold    head at 0.01 until 2 epochs
      }`,
  },
});
