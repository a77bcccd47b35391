import { warning } from "../../diagnostics/index.js";
import { lint } from "./lint.js";

export const entry = lint({
  rule: "test_selection",
  page: {
    code: "L0805",
    title: "a choice is made on the test split",
    meaning: `
      What is kept, or when a run stops or slows down, is decided by a metric of \`test\`. The lint is called
      \`test_selection\`.`,
    why: "What was chosen on a split looks better on it than it is; claims are measured on `test`.",
    wrong: {
      spec: `
        train {
          loss       cross_entropy
          optimizer  sgd(rate: 0.1)
          batch      64
          epochs     30
          keep       best(test.accuracy)
        }`,
    },
    right: {
      spec: `
        train {
          loss       cross_entropy
          optimizer  sgd(rate: 0.1)
          batch      64
          epochs     30
          keep       best(val.accuracy)
        }`,
    },
  },
  check: ({ train }) =>
    (train?.selections ?? [])
      .filter(({ split }) => split === "test")
      .map(({ by, span }) =>
        warning("L0805", `\`${by}\` decides on \`test\``, {
          at: { span, text: "the split that claims are measured on" },
          notes: ["what was chosen on a split looks better on it than it is"],
          helps: ["decide on `val`"],
        }),
      ),
});
