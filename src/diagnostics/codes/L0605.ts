import { code } from "./code.js";

export const entry = code({
  code: "L0605",
  severity: "error",
  title: "a claim names a model that the file does not have",
  meaning: "A claim about the size of a model names no model of the file.",
  why: "There is nothing to count.",
  wrong: {
    spec: `
      expect {
        resnet.parameters == 62810
      }`,
  },
  right: {
    spec: `
      expect {
        cnn.parameters == 62810
      }`,
  },
});
