import { code } from "./code.js";

export const entry = code({
  code: "L0715",
  severity: "warning",
  title: "a run goes on with another backend",
  meaning: "The run began on another backend, device or number of threads than it goes on with.",
  why: `
    Sums are rounded in another order there: the weights will not be bit for bit those of a run without
    interruption. The results are as good.`,
  wrong: {
    command: "lerac resume 7f3a",
    says: "0:00:02 warn   L0715   the run began on another backend (tensorflow is now wasm)",
  },
  right: {
    command: "lerac resume 7f3a",
    says: "done  30 epochs in 24:31",
  },
});
