import { error, spanText } from "../../diagnostics/index.js";
import type { Setting } from "../../syntax/index.js";
import type { Reporter } from "../reporter.js";

/** Whether no metric is named twice: two of one name would be one column of every table. Reports the first that is. */
export function eachOnce(metrics: Setting, reporter: Reporter): boolean {
  const texts = metrics.values.map((value) => spanText(value.span));
  const again = metrics.values.find((_, index) => texts.indexOf(texts[index] ?? "") < index);
  if (again === undefined) return true;
  const text = spanText(again.span);
  const first = metrics.values[texts.indexOf(text)];
  reporter.report(
    error("L0216", `\`${text}\` is measured twice`, {
      at: { span: again.span, text: "named again" },
      secondary: first === undefined ? [] : [{ span: first.span, text: "named first" }],
      helps: ["keep one of them"],
    }),
  );
  return false;
}
