import { code } from "./code.js";

export const entry = code({
  code: "L0702",
  severity: "error",
  title: "a file is no program",
  meaning: `
    The file is not JSON, is JSON of something else, or is a program of a format that this version does not
    read.`,
  why: "Commands take a spec (`.lerac`) or a compiled program (`.json`).",
  wrong: {
    command: "lerac run package.json",
    says: "error[L0702]: package.json is JSON, but not a compiled program",
  },
  right: {
    command: "lerac run cnn.program.json",
    says: "lerac 0.1.0  cnn.program.json  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
