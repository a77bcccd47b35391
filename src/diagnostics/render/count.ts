import { plural } from "../../base/format.js";
import type { Diagnostic } from "../diagnostic.js";

/** "2 errors, 1 warning in 1 file". */
export function countText(diagnostics: readonly Diagnostic[], files: number): string {
  const errors = diagnostics.filter((d) => d.severity === "error").length;
  const warnings = diagnostics.filter((d) => d.severity === "warning").length;
  const parts = [plural(errors, "error"), ...(warnings > 0 ? [plural(warnings, "warning")] : [])];
  return `${parts.join(", ")} in ${plural(files, "file")}`;
}
