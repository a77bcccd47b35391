import { code } from "./code.js";

export const entry = code({
  code: "L0740",
  severity: "error",
  title: "a model can't be exported to that format",
  meaning: `
    The format has no way to say what a layer of the model computes, or can't hold so much in one file. Nothing was
    written.`,
  why: "A file that lacks something, or computes something else, would look like the trained network.",
  wrong: {
    command: "lerac export 7f3a --to onnx -o out",
    says: `
      error[L0740]: a model of more than 2 GiB can't be exported as one ONNX file
        --> --to onnx
         = help: \`lerac export --to safetensors\` writes weights of any size`,
  },
  right: {
    command: "lerac export 7f3a --to safetensors -o out",
    says: "out",
  },
});
