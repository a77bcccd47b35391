import { warning } from "../../diagnostics/index.js";
import type { Lint } from "./lint.js";

export const entry: Lint = {
  code: "L0805",
  rule: "test_selection",
  summary: "what is kept, or when a run stops or slows down, is decided on `test`",
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
};
