import { SourceFile, type Span, spanText } from "../diagnostics/index.js";
import { format } from "../syntax/format/index.js";

/**
 * A claim in the author's words, in the one layout and on one line: what `fmt` changes must not change the program.
 */
export function claimText(span: Span): string {
  const { text } = format(new SourceFile("claim", `lerac 1\n\nexpect {\n${spanText(span)}\n}\n`));
  const inside = /^expect \{([\s\S]*)\}\s*$/m.exec(text)?.[1] ?? spanText(span);
  return inside
    .replace(/#[^\n]*/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
