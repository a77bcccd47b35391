import { code } from "./code.js";

export const entry = code({
  code: "L0305",
  severity: "error",
  title: "a file of a dataset is damaged",
  meaning: "A file is cut short, garbled, of another format than its name says, or can't be read.",
  why: "Training on half of the data, or on noise, gives numbers that look like results.",
  wrong: {
    command: "lerac run fashion.lerac",
    says: "error[L0305]: `train-images-idx3-ubyte.gz` ends in the middle of an image",
  },
  right: {
    command: "lerac run fashion.lerac",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
