import { warning } from "../../diagnostics/index.js";
import { shortRate } from "../../plan/index.js";
import { lint } from "./lint.js";

export const entry = lint({
  rule: "rising_rates",
  page: {
    code: "L0804",
    title: "rates rise from one level to the next",
    meaning: "Under `lerac`, a level starts faster than one before it. The lint is called `rising_rates`.",
    why: `
      The curriculum's idea is that levels near the input go first. Where the order is meant, a waiver says
      why.`,
    wrong: {
      spec: `
        curriculum lerac {
          rates  1e-6 -> 0.1
          until  5 epochs
        }`,
    },
    right: {
      spec: `
        curriculum lerac {
          rates  0.1 -> 1e-6
          until  5 epochs
        }`,
    },
  },
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
});
