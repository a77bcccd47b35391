import { code } from "./code.js";

export const entry = code({
  code: "L0717",
  severity: "error",
  title: "the trainer could not be started",
  meaning: `
    The system did not start the process that trains: no memory, no more processes allowed, or Node.js was
    moved.`,
  why: "The monitor and the trainer are two processes, so that either may end without the other.",
  wrong: {
    command: "lerac run fashion.lerac",
    says: "error[L0717]: the trainer could not be started: spawn node EAGAIN",
  },
  right: {
    command: "lerac run fashion.lerac",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
