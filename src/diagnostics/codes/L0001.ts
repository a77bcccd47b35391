import { code } from "./code.js";

export const entry = code({
  code: "L0001",
  severity: "error",
  title: "a file is too large",
  meaning: `
    The file is larger than the language allows: 1,048,576 characters for a spec, 64 MiB for a compiled
    program.`,
  why: `
    A spec is the method section of an experiment and is read by people; the limit also keeps a file from a
    stranger from costing minutes or gigabytes.`,
  wrong: {
    command: "lerac check everything.lerac",
    says: "error[L0001]: the file has 4,812,032 characters; the limit is 1,048,576",
  },
  right: {
    command: "lerac check everything.lerac",
    says: "ok  everything.lerac   1 model, 1,626,058 parameters, 4 levels",
  },
});
