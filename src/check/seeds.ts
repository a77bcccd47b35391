import { formatCount } from "../base/format.js";
import { type DiagnosticParts, error, type Span, spanText } from "../diagnostics/index.js";
import type { Expression, Setting } from "../syntax/index.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import type { Value } from "./values.js";

const maximumSeeds = 1000;
const largestSeed = 2 ** 32 - 1;

/** The seeds of an experiment, in the order written: numbers, ranges and lists. Null after a reported fault. */
export function readSeeds(
  setting: Setting,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly number[] | null {
  const fault = (message: string, span: Span, text: string, helps: DiagnosticParts["helps"] = []): null => {
    reporter.report(error("L0501", message, { at: { span, text }, helps }));
    return null;
  };
  const places = new Map<number, Span>();
  for (const expression of setting.values) {
    const count = rangeOfMinus(expression);
    if (count !== null) {
      return fault("`seeds` needs whole numbers", expression.span, "a difference, not a range", [
        { text: `write \`${count}\``, edits: [{ span: expression.span, replacement: count }] },
      ]);
    }
    const value = evaluator.evaluate(expression);
    if (value === null) return null;
    if (value.type === "range") {
      const [from, to] = [value.from.value, value.to.value];
      if (to < from) {
        return fault("a range of seeds runs upwards", expression.span, `from ${from} down to ${to}`, [
          {
            text: `write \`${to}..${from}\``,
            edits: [{ span: expression.span, replacement: `${to}..${from}` }],
          },
        ]);
      }
      if (to - from >= maximumSeeds) {
        return fault(
          `${formatCount(to - from + 1)} seeds; the limit is ${formatCount(maximumSeeds)}`,
          expression.span,
          "too many",
        );
      }
    }
    const numbers = numbersOf(value);
    const wrong = numbers.find((n) => !Number.isSafeInteger(n) || n < 0 || n > largestSeed);
    if (wrong !== undefined) {
      return Number.isSafeInteger(wrong)
        ? fault(
            `a seed is between 0 and ${formatCount(largestSeed)}, not ${wrong}`,
            expression.span,
            "out of bounds",
          )
        : fault("`seeds` needs whole numbers", expression.span, "such as `1..5`, or `1, 7, 42`");
    }
    for (const number of numbers) {
      const first = places.get(number);
      if (first !== undefined) {
        reporter.report(
          error("L0501", `seed ${number} is named twice`, {
            at: { span: expression.span, text: "named again" },
            ...(first === expression.span ? {} : { secondary: [{ span: first, text: "named first" }] }),
            notes: ["a run of a seed that was trained already gives nothing new"],
          }),
        );
        return null;
      }
      places.set(number, expression.span);
    }
  }
  const seeds = [...places.keys()];
  if (seeds.length === 0) return fault("`seeds` names none", setting.span, "such as `1..5`");
  return seeds.length <= maximumSeeds
    ? seeds
    : fault(
        `${formatCount(seeds.length)} seeds; the limit is ${formatCount(maximumSeeds)}`,
        setting.span,
        "too many",
      );
}

/** What `1-5` was meant to be; null for everything else. */
function rangeOfMinus(expression: Expression): string | null {
  if (expression.kind !== "binary" || expression.operator !== "-") return null;
  const [from, to] = [spanText(expression.left.span), spanText(expression.right.span)];
  return /^\d+$/.test(from) && /^\d+$/.test(to) && Number(from) < Number(to) ? `${from}..${to}` : null;
}

/** NaN for what is no plain number. */
function numbersOf(value: Value): number[] {
  if (value.type === "range") {
    const from = value.from.value;
    return Array.from({ length: Math.floor(value.to.value - from) + 1 }, (_, i) => from + i);
  }
  const items = value.type === "list" ? value.items.map((item) => item.value) : [value];
  return items.map((item) => (item.type === "number" && item.unit === null ? item.value : Number.NaN));
}
