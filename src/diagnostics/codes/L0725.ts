import { code } from "./code.js";

export const entry = code({
  code: "L0725",
  severity: "warning",
  title: "a log asked for can't be written",
  meaning: `
    The files of \`--log\` can't be written, such as on a full disk. Training goes on without them.`,
  why: "Such files are made of the run's events; the next `lerac resume` writes all that is missing.",
  wrong: {
    command: "lerac run fashion.lerac --log csv",
    says: "0:00:02 warn   L0725   --log writes no more: ENOSPC: no space left on device, write",
  },
  right: {
    command: "lerac resume 7f3a",
    says: "done  30 epochs in 24:31",
  },
});
