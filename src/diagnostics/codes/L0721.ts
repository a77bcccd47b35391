import { code } from "./code.js";

export const entry = code({
  code: "L0721",
  severity: "error",
  title: "a file of weights is not whole",
  meaning: "The file is no safetensors file, is cut short, or contradicts its own header.",
  why: "Nothing of it is used: half of the weights are worse than none.",
  wrong: {
    command: "lerac run fashion.lerac --init cnn.safetensors",
    says: "error[L0721]: cnn.safetensors is not a whole safetensors file: it is cut short",
  },
  right: {
    command: "lerac run fashion.lerac --init cnn.safetensors",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
