import { error, type Span } from "../diagnostics/index.js";
import type { Reporter } from "./reporter.js";

/** Whether a path of data is one that means the same on every machine: relative, with `/`. Faults are reported. */
export function isDataPath(path: string, span: Span, reporter: Reporter): boolean {
  if (path !== "" && !/^[/\\]|^[A-Za-z]:|:\/\/|\\/.test(path)) return true;
  reporter.report(
    error("L0301", "the path of a source is relative to the spec and written with `/`", {
      at: { span, text: path === "" ? "is empty" : "is not such a path" },
      helps: ["say where data lies on this machine with `--data NAME=FOLDER`"],
    }),
  );
  return false;
}
