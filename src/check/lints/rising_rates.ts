import { warning } from "../../diagnostics/index.js";
import { shortRate } from "../../plan/index.js";
import type { Lint } from "./lint.js";

export const entry: Lint = {
  code: "L0804",
  rule: "rising_rates",
  summary: "under `lerac`, a level starts faster than one before it",
  check: ({ planned }) =>
    planned.flatMap(({ plan, parts }) => {
      const setting = parts.find((part) => part.kind.rates?.falls === true);
      const levels = plan.levels.filter((level) => level.hold?.until !== null);
      const at = levels.findIndex(
        (level, j) => j > 0 && level.start > (levels[j - 1]?.start ?? 0) * (1 + 1e-9),
      );
      const [before, level] = [levels[at - 1], levels[at]];
      if (setting === undefined || level === undefined || before === undefined) return [];
      const rate = (value: number) => shortRate(Number(value.toPrecision(4)));
      return [
        warning("L0804", `\`${level.address}\` starts faster than \`${before.address}\` before it`, {
          at: {
            span: setting.spans.rates ?? setting.span,
            text: `${rate(before.start)}, then ${rate(level.start)}`,
          },
          notes: [
            "the curriculum's idea is that levels near the input go first: rates fall from level to level",
          ],
          helps: ["order `levels` or `rates` so that they fall"],
        }),
      ];
    }),
};
