import { warning } from "../../diagnostics/index.js";
import { lint } from "./lint.js";

export const entry = lint({
  rule: "warmup_under_curriculum",
  page: {
    code: "L0808",
    title: "rates warm up again after a curriculum",
    meaning: `
      The schedule begins with a warm-up where the curriculum has just brought every level to the common rate.
      The lint is called \`warmup_under_curriculum\`.`,
    why: `
      The curriculum is a warm-up itself, level by level; a second one lets all rates fall and rise again.`,
    wrong: {
      spec: `
        curriculum lerac {
          rates  0.1 -> 1e-6
          until  5 epochs
        }

        train {
          loss       cross_entropy
          optimizer  sgd(rate: 0.1)
          schedule   cosine(warmup: 2 epochs)
          batch      64
          epochs     30
        }`,
    },
    right: {
      spec: `
        curriculum lerac {
          rates  0.1 -> 1e-6
          until  5 epochs
        }

        train {
          loss       cross_entropy
          optimizer  sgd(rate: 0.1)
          schedule   cosine
          batch      64
          epochs     30
        }`,
    },
  },
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
});
