import { code } from "./code.js";

export const entry = code({
  code: "L0740",
  severity: "error",
  title: "a model can't be exported to that format",
  meaning: `
    The format has no way to say what a layer of the model computes, or can't hold so much in one file. Nothing was
    written.`,
  why: `
    A file that computes something else would look like the trained network. Texts are padded to one length, and the
    graphs that are written know of no lengths: attention, recurrence and means over tokens would count padding as words.`,
  wrong: {
    command: "lerac export 7f3a --to onnx -o out",
    says: `
      error[L0740]: \`recurrence (lstm)\` over tokens can't be exported yet
        --> lstm
         = note: shorter texts are padded, and the graph would not know which places are padding
         = help: \`lerac export --to safetensors\` writes the weights of any model`,
  },
  right: {
    command: "lerac export 7f3a --to safetensors -o out",
    says: "out",
  },
});
