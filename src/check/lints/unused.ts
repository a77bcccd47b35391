import { type Diagnostic, warning } from "../../diagnostics/index.js";
import type { File, Name } from "../../syntax/index.js";

/** A thing that a file declares and nothing refers to. */
export function unused(code: string, what: string, name: Name, notes: readonly string[] = []): Diagnostic {
  return warning(code, `${what} \`${name.text}\` is never used`, {
    at: { span: name.span, text: "nothing refers to it" },
    notes,
    helps: ["take it out, or use it"],
  });
}

/** Only a file that trains is complete in itself: others are there to be imported. */
export function trains(file: File): boolean {
  return file.items.some((item) => item.kind === "train");
}
