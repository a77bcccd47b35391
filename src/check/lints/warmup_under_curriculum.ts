import { warning } from "../../diagnostics/index.js";
import type { Lint } from "./lint.js";

export const entry: Lint = {
  code: "L0808",
  rule: "warmup_under_curriculum",
  summary: "rates warm up again after a curriculum has raised them",
  check: ({ planned }) =>
    planned.flatMap(({ plan, parts, schedule }) => {
      const setting = parts.find((part) => part.kind.rates !== null);
      const rises = plan.schedule.warmup !== undefined || schedule.entry.rises === true;
      const span = schedule.warmupSpan ?? schedule.span;
      if (setting === undefined || plan.rule.until === undefined || !rises || span === null) return [];
      return [
        warning("L0808", `rates fall and rise again when curriculum \`${setting.name}\` has ended`, {
          at: { span, text: "starts near nothing, where the curriculum has just reached the common rate" },
          secondary: [{ span: setting.spans.until ?? setting.span, text: "raises all rates until here" }],
          notes: ["the curriculum is a warm-up itself, level by level"],
          helps: ["leave the warm-up out, or the curriculum"],
        }),
      ];
    }),
};
