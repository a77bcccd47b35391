import { printable } from "../../base/format.js";
import type { Diagnostic } from "../diagnostic.js";
import { diagnosticRecord } from "./record.js";

/**
 * Diagnostics as workflow commands of GitHub Actions, one a line, which show as annotations of the lines they concern.
 * Format and escapes: "Workflow commands for GitHub Actions", setting an error message.
 */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${annotation(diagnostic)}\n`).join("");
}

function annotation(diagnostic: Diagnostic): string {
  const { code, severity, message, at, notes, helps } = diagnosticRecord(diagnostic);
  const command = severity === "note" ? "notice" : severity;
  const properties: (readonly [string, string | number])[] = [
    ...(at === null ? [] : place(at)),
    ["title", `${code}: ${printable(message)}`],
  ];
  const text = [
    ...(at === null || at.label === "" ? [] : [at.label]),
    ...notes.map((note) => `note: ${note}`),
    ...helps.map((help) => `help: ${help.text}`),
    `more: lerac explain ${code}`,
  ]
    .map(printable)
    .join("\n");
  return `::${command} ${properties.map(([key, value]) => `${key}=${escapeProperty(`${value}`)}`).join(",")}::${escapeData(text)}`;
}

function place(
  at: NonNullable<ReturnType<typeof diagnosticRecord>["at"]>,
): (readonly [string, string | number])[] {
  const lines = [
    ["file", at.file],
    ["line", at.line],
    ["endLine", at.end_line],
  ] as const;
  // Columns are only understood where the annotation stays on one line.
  return at.line === at.end_line ? [...lines, ["col", at.column], ["endColumn", at.end_column]] : [...lines];
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
