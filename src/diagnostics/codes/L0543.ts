import { code } from "./code.js";

export const entry = code({
  code: "L0543",
  severity: "error",
  title: "the loss can be planned but not trained yet",
  meaning: `
    The spec trains with \`detection\`. Its layers, sizes, rates and claims are checked and planned, but no executor
    computes this loss in this version.`,
  why: `
    A run that left the loss out, or took another one, would not be the experiment that the spec describes.`,
  wrong: {
    command: "lerac run specs/yolov5.lerac",
    says: "error[L0543]: training with the loss `detection` is not built yet",
  },
  right: {
    command: "lerac plan specs/yolov5.lerac",
    says: "the plan of the whole experiment",
  },
});
