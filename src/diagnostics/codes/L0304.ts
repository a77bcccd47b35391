import { code } from "./code.js";

export const entry = code({
  code: "L0304",
  severity: "error",
  title: "files of a dataset are missing",
  meaning: "The folder or files that a source reads are not where the spec, `--data` or LERAC_DATA says.",
  why: `
    Plain \`lerac check\` never looks at data, so that every machine gives the same answer; \`lerac run\`
    and \`lerac check --data\` do.`,
  wrong: {
    command: "lerac run fashion.lerac",
    says: "error[L0304]: the images for `train` of `fashion` are missing",
  },
  right: {
    command: "lerac run fashion.lerac --data fashion=/mnt/data/fashion-mnist",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
