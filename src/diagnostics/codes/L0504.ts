import { code } from "./code.js";

export const entry = code({
  code: "L0504",
  severity: "error",
  title: "training broke: a number became NaN or infinite",
  meaning: `
    The loss, a gradient or a weight is no longer a finite number. The message says which, at which step,
    and what the rates were.`,
  why: "From here on every weight would be NaN. The run ends, and the last good state is kept.",
  wrong: {
    command: "lerac run hot.lerac     # optimizer  sgd(rate: 100)",
    says: "error[L0504]: the loss became NaN at step 12",
  },
  right: {
    command: "lerac run warm.lerac     # optimizer  sgd(rate: 0.1)",
    says: "done  30 epochs in 24:31",
  },
});
