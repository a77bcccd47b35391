import { code } from "./code.js";

export const entry = code({
  code: "L0709",
  severity: "error",
  title: "weights do not fit the model",
  meaning: `
    The file given to \`--init\` lacks tensors of the model, holds others, or holds them with other shapes;
    or it has changed since the run began.`,
  why: "Weights that are half taken over give a start that nobody described.",
  wrong: {
    command: "lerac run fashion.lerac --init resnet.safetensors",
    says: "error[L0709]: resnet.safetensors does not hold the weights of the model cnn",
  },
  right: {
    command: "lerac run fashion.lerac --init cnn.safetensors",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
