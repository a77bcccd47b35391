import { code } from "./code.js";

export const entry = code({
  code: "L0403",
  severity: "error",
  title: "an address of a level names no layer",
  meaning: `
    A selector of \`levels\`, \`freeze\` or \`hold\` matches nothing in the model, or nothing that is
    trained.`,
  why: `
    A level that is empty by a slip leaves its layers in no level, or with another rate than their author
    meant.`,
  wrong: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        levels  conv, haed
      }`,
  },
  right: {
    spec: `
      curriculum lerac {
        rates   0.1 -> 1e-6
        until   5 epochs
        levels  conv, head
      }`,
  },
});
