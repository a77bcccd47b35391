import { warning } from "../../diagnostics/index.js";
import type { Lint } from "./lint.js";
import { itemsOf } from "./uses.js";

export const entry: Lint = {
  code: "L0806",
  rule: "missing_seeds",
  summary: "arms are compared, and no seeds are given",
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
};
