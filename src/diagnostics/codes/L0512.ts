import { code } from "./code.js";

export const entry = code({
  code: "L0512",
  severity: "error",
  title: "it is not clear under which curriculum to run",
  meaning: `
    The spec compares several curricula, and \`train\` names none of them: it can be compared, but a single
    run needs one arm.`,
  why: "Which of them is meant is the author's to say.",
  wrong: {
    command: "lerac run fashion.lerac",
    says: "error[L0512]: fashion.lerac has several curricula and trains under none of them by itself",
  },
  right: {
    command: "lerac run fashion.lerac --arm lerac",
    says: "lerac 0.1.0  fashion.lerac  ok: 1,626,058 parameters, 4 levels, 25,320 steps",
  },
});
