import type { ArgumentTable } from "../../language/arguments.js";
import { argumentRows } from "../explain/signature.js";

const notice = "<!-- Made by scripts/generate-docs.mjs from the tables of the language; edit those. -->";

export function page(title: string, lines: readonly string[]): string {
  const body = lines[0] === "" ? lines : ["", ...lines];
  return `${[notice, "", `# ${title}`, ...body].join("\n")}\n`;
}

export function fenced(language: string, text: string): string[] {
  return [`\`\`\`${language}`, text.trimEnd(), "```"];
}

/** One row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
}

export function inline(code: string): string {
  return `\`${code}\``;
}

/** Arguments with what each is; nothing where there are none. */
export function argumentTable(table: ArgumentTable): string[] {
  const rows = argumentRows(table);
  if (rows.length === 0) return [];
  return [
    "",
    row(["argument", "type", "what it is"]),
    row(["---", "---", "---"]),
    ...rows.map(([name = "", type = "", meaning = ""]) => row([inline(name), type, meaning])),
  ];
}
