import { code } from "./code.js";

export const entry = code({
  code: "L0007",
  severity: "error",
  title: "a file of that name is there already",
  meaning: `
    What was to be written has the name of a file or folder that is there already. Nothing was written, neither this
    file nor any other.`,
  why: `
    The file may be somebody's work. \`lerac init\` never overwrites, so that it can be tried anywhere. \`lerac export\`
    and \`lerac compile --emit onnx\` write into a folder of their own: files of two of them side by side would not belong
    together.`,
  wrong: {
    command: "lerac init first",
    says: `
      error[L0007]: first.lerac is there already; nothing was written
        --> first.lerac
         = help: give another name: \`lerac init NAME\``,
  },
  right: {
    command: "lerac init second",
    says: "wrote second.lerac        small CNN, 10 classes, curriculum lerac, 54 lines",
  },
});
