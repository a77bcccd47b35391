import { code } from "./code.js";

export const entry = code({
  code: "L0806",
  severity: "warning",
  title: "arms are compared with one seed",
  meaning: `
    The file compares arms, and \`experiment\` gives no seeds: each arm runs once. The lint is called
    \`missing_seeds\`.`,
  why: "One run can't tell a better arm from a luckier one.",
  wrong: {
    spec: `
      experiment "example" {
        note  "first try"
      }

      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      compare {
        conventional
        lerac
      }`,
  },
  right: {
    spec: `
      experiment "example" {
        seeds  1..5
      }

      curriculum lerac {
        rates  0.1 -> 1e-6
        until  5 epochs
      }

      compare {
        conventional
        lerac
      }`,
  },
});
