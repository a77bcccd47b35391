import { code } from "./code.js";

export const entry = code({
  code: "L0903",
  severity: "error",
  title: "the training step can't be compiled into one graph yet",
  meaning: `
    A compiled step is a single graph of everything between a batch and the new weights. Some layer, loss or optimizer of
    this model has no part in such graphs in this version; the message names it.`,
  why: `
    A step that is compiled in part would have to be trusted in part. So it is compiled whole or not at all.`,
  wrong: {
    command: "lerac compile specs/lstm-boolq.lerac --emit step-graph",
    says: "error[L0903]: this training step can't be compiled into one graph yet",
  },
  right: {
    command: "lerac run specs/lstm-boolq.lerac --backend auto",
    says: "trains it operation by operation",
  },
});
