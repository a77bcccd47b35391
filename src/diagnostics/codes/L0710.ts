import { code } from "./code.js";

export const entry = code({
  code: "L0710",
  severity: "error",
  title: "an applied rate is not the planned one",
  meaning: `
    The audit that runs at every change of rates found a level whose applied rate differs from the plan. The
    run ends.`,
  why: `
    The plan is what was reviewed. A run that does something else must not give a result. This is a fault of
    lerac: please report it.`,
  wrong: {
    command: "lerac run fashion.lerac",
    says: "error[L0710]: the rate applied at level 3 (fc) is not the planned one, at step 1688",
  },
  right: {
    command: "lerac run fashion.lerac",
    says: "0:01:40 rates  t=2   conv1 1.00e-1   conv2 1.00e-2   fc 1.00e-3   head 1.00e-4",
  },
});
