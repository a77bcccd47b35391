import { code } from "./code.js";

export const entry = code({
  code: "L0391",
  severity: "error",
  title: "a kind of data that no first spec is written for yet",
  meaning: `
    The folder holds data, but of a kind for which \`lerac init --from\` does not write a spec yet: text, tables,
    or images and recordings that don't lie in a folder a class.`,
  why: `
    What a first spec needs - classes, sizes, splits - can't be read off such files as it can off folders.
    Specs for them are written by hand.`,
  wrong: {
    command: "lerac init --from reviews",
    says: `
      error[L0391]: reviews seems to hold text or tables: no first spec is written for these yet
        --> --from reviews
         = note: \`source tsv(…)\` is written by hand
         = help: \`lerac init\` without \`--from\` writes a spec to start from`,
  },
  right: {
    command: "lerac init",
    says: "wrote first.lerac         small CNN, 10 classes, curriculum lerac, 54 lines",
  },
});
