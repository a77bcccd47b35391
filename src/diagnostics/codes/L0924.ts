import { code } from "./code.js";

export const entry = code({
  code: "L0924",
  severity: "error",
  title: "`--init` needs a .safetensors file",
  meaning: "Initial weights are read from safetensors files only.",
  why: "Such a file holds numbers and names and nothing that could be executed.",
  wrong: {
    command: "lerac run fashion.lerac --init cnn.pt",
    says: "error[L0924]: `--init` needs a .safetensors file, not `cnn.pt`",
  },
  right: {
    command: "lerac run fashion.lerac --init cnn.safetensors",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
