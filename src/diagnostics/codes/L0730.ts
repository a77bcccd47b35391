import { code } from "./code.js";

export const entry = code({
  code: "L0730",
  severity: "error",
  title: "the rates depend on how much data there is",
  meaning: `
    The plan mixes epochs and steps, such as a curriculum of 400 steps in a run of 30 epochs. How many steps an epoch has
    follows from the number of samples, and the data are not on this machine: the rate table can't be computed.`,
  why: `
    A table of rates that were guessed would not be what runs.`,
  wrong: {
    command: "lerac plan fashion.lerac --csv",
    says: `
      error[L0730]: the rates of fashion.lerac depend on how much data there is
        --> fashion.lerac
         = note: the plan mixes epochs and steps, and the data are not here
         = help: say where the data lie: \`--data NAME=PATH\``,
  },
  right: {
    command: "lerac plan fashion.lerac --csv --data fashion=/data/fashion-mnist",
    says: "step,conv1,conv2,fc,head",
  },
});
