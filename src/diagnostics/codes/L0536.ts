import { code } from "./code.js";

export const entry = code({
  code: "L0536",
  severity: "error",
  title: "weights are not read yet",
  meaning: `
    The \`weights\` of a spec are checked and recorded in its program. This version can't read the files; a run starts from other weights only with \`--init\`.`,
  why: `
    A run from random numbers would be another one than the spec says.`,
  wrong: {
    command: "lerac run bert-rte.lerac",
    says: "error[L0536]: reading the files of `weights` is not built yet",
  },
  right: {
    command: "lerac run bert-rte.lerac --init runs/bert-lerac-s1-7f3a/checkpoints/ckpt-001688.safetensors",
    says: "lerac 0.1.0  bert-rte.lerac  ok: 335,143,938 parameters, 2 levels, 6,225 steps",
  },
});
