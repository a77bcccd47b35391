import { error, spanText } from "../diagnostics/index.js";
import type { File } from "../syntax/index.js";
import type { Reporter } from "./reporter.js";

/** Whether a file says that it is written in the version of the language that this program knows. */
export function checkVersion(file: File, reporter: Reporter): boolean {
  const written = file.version === null ? "" : spanText(file.version.span);
  if (written === "1") return true;
  if (file.version === null) {
    const span = { source: file.source, start: 0, end: 0 };
    reporter.report(
      error("L0108", "the first statement of a file is `lerac 1`", {
        at: { span, text: "before this, the version of the language" },
        helps: [{ text: "add the line `lerac 1`", edits: [{ span, replacement: "lerac 1\n\n" }] }],
      }),
    );
  } else {
    reporter.report(
      error("L0004", `this program knows version 1 of the language, not ${written}`, {
        at: { span: file.version.span, text: "not known" },
        helps: [
          Number.isInteger(file.version.value) && file.version.value > 1
            ? "install a newer lerac, or write `lerac 1`"
            : {
                text: "versions are whole numbers: write `lerac 1`",
                edits: [{ span: file.version.span, replacement: "1" }],
              },
        ],
      }),
    );
  }
  return false;
}
