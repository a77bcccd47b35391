import { warning } from "../../diagnostics/index.js";
import { lint } from "./lint.js";
import { itemsOf } from "./uses.js";

export const entry = lint({
  rule: "missing_seeds",
  page: {
    code: "L0806",
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
  },
  check({ file, planned }) {
    const [compare] = itemsOf(file, "compare");
    const [experiment] = itemsOf(file, "experiment");
    const isGiven = experiment?.settings.some((setting) => setting.head.text === "seeds") === true;
    if (compare === undefined || planned.length === 0 || isGiven) return [];
    return [
      warning("L0806", "arms are compared with one seed", {
        at: { span: compare.keyword, text: "each arm runs once" },
        secondary:
          experiment === undefined
            ? []
            : [{ span: experiment.keyword, text: "gives no `seeds`: the default is 1" }],
        notes: ["one run can't tell a better arm from a luckier one"],
        helps: ["add `seeds  1..5` to `experiment`"],
      }),
    ];
  },
});
