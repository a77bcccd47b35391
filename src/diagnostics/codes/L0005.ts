import { code } from "./code.js";

export const entry = code({
  code: "L0005",
  severity: "error",
  title: "a file can't be read",
  meaning: `
    The file that the command line names is not there, may not be read, is a folder, or is not text in
    UTF-8.`,
  why: "Nothing can be said about a file that can't be read; nothing was done.",
  wrong: {
    command: "lerac check fashon.lerac",
    says: "error[L0005]: fashon.lerac can't be read: there is no such file",
  },
  right: {
    command: "lerac check fashion.lerac",
    says: "ok  fashion.lerac   1 model, 1,626,058 parameters, 4 levels",
  },
});
