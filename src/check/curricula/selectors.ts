import { error, type Span, spanText } from "../../diagnostics/index.js";
import type { Expression, PathExpression, Setting } from "../../syntax/index.js";
import type { Reporter } from "../reporter.js";
import type { Selector } from "./checked-curriculum.js";

/** A setting that holds selectors and nothing else, such as `levels`; null after a reported fault. */
export function readSelectorSetting(setting: Setting, reporter: Reporter): readonly Selector[] | null {
  const [clause] = setting.clauses;
  if (clause === undefined) return readSelectors(setting.values, setting.head.text, setting.span, reporter);
  reporter.report(
    error("L0408", `\`${setting.head.text}\` is not written like this`, {
      at: { span: clause.span, text: "not understood here" },
      helps: [`\`${setting.head.text}\` takes addresses only`],
    }),
  );
  return null;
}

/** Values of `levels`, `freeze`, … as selectors; null after a reported fault. */
export function readSelectors(
  values: readonly Expression[],
  name: string,
  at: Span,
  reporter: Reporter,
): readonly Selector[] | null {
  if (values.length === 0) {
    reporter.report(
      error("L0407", `\`${name}\` names no layers`, {
        at: { span: at, text: "addresses are missing" },
        helps: [`write it as \`${name}  stem, layer1.*, head\``],
      }),
    );
    return null;
  }
  const selectors = values.map((value) => readSelector(value, name, reporter));
  return selectors.includes(null) ? null : (selectors as Selector[]);
}

function readSelector(value: Expression, name: string, reporter: Reporter): Selector | null {
  if (value.kind === "path") return { paths: [value], isGroup: false, span: value.span };
  if (value.kind === "group") {
    const paths = value.items.filter((item): item is PathExpression => item.kind === "path");
    if (paths.length === value.items.length && paths.length > 0)
      return { paths, isGroup: true, span: value.span };
  }
  reporter.report(
    error("L0407", `\`${name}\` needs addresses of layers`, {
      at: { span: value.span, text: "no address" },
      helps: ["an address is a label, and labels below it after points: `stem`, `layer1.0`, `layer1.*`"],
    }),
  );
  return null;
}

/** A selector as its author wrote it, on one line. */
export function selectorText(selector: Selector): string {
  return selector.paths.map((path) => spanText(path.span).replace(/\s+/g, "")).join(", ");
}

/** Whether a path may match several addresses. */
export function hasWildcard(path: PathExpression): boolean {
  return path.segments.some((segment) => segment.kind !== "name" && segment.kind !== "index");
}
