import { warning } from "../../diagnostics/index.js";
import { shortRate } from "../../plan/index.js";
import { lint } from "./lint.js";

export const entry = lint({
  rule: "above_common",
  page: {
    code: "L0814",
    title: "a level starts faster than the common rate",
    meaning: `
      Under \`lerac\`, a level starts above the optimizer's rate, so that its rate falls until \`until\` while those of
      the others rise. The lint is called \`above_common\`.`,
    why: `
      Every level is to grow to the common rate. Mostly one of the two was changed and the other forgotten; where the
      fall is meant, a waiver says why.`,
    wrong: {
      spec: `
        curriculum lerac {
          rates  1 -> 1e-6
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
  check: ({ planned, train }) =>
    planned.flatMap(({ plan, parts }) => {
      const setting = parts.find((part) => part.kind.rates?.falls === true);
      const common = plan.rule.common;
      const level = plan.levels.find(
        ({ start, hold }) => hold?.until !== null && start > common * (1 + 1e-9),
      );
      if (setting === undefined || level === undefined) return [];
      const rate = (value: number) => shortRate(Number(value.toPrecision(4)));
      return [
        warning("L0814", `\`${level.address}\` starts at ${rate(level.start)}, above the common rate`, {
          at: { span: setting.spans.rates ?? setting.span, text: "would fall until the curriculum ends" },
          secondary: train?.rateSpan ? [{ span: train.rateSpan, text: "the common rate" }] : [],
          helps: [`start the first level at \`${rate(common)}\`, or raise the optimizer's rate`],
        }),
      ];
    }),
});
