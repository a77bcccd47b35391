import { compile } from "../../src/check/index.js";
import { renderText, SourceFile } from "../../src/diagnostics/index.js";
import { hashProgram } from "../../src/program/index.js";
import { planText } from "../../src/report/index.js";
import { format } from "../../src/syntax/format/index.js";
import { emitTokens, emitTree } from "../../src/syntax/index.js";

/**
 * What each stage of the compiler makes of one file, as one text with a section a stage: tokens (a line for each line of
 * the file), the syntax tree without its places, diagnostics, the formatted file (or that it is formatted already), the
 * program with its hash, and its plan without what depends on data.
 */
export function stages(name: string, text: string): string {
  const source = new SourceFile(name, text);
  const { program, diagnostics } = compile(source);
  const formatted = format(source).text;
  return [
    ["tokens", tokenLines(source)],
    ["ast", treeText(JSON.parse(emitTree(source).text))],
    [
      "diagnostics",
      diagnostics.length === 0 ? "none" : renderText(diagnostics, { color: false, width: 110 }),
    ],
    ["formatted", formatted === text ? "as written" : formatted],
    ["program", program === null ? "none" : `${hashProgram(program)}\n${compactJson(program)}`],
    ["plan", program === null ? "none" : planText(program, { samples: "omit" })],
  ]
    .map(([title, body]) => `==== ${title}\n${body?.trimEnd()}\n`)
    .join("");
}

/** `3  keyword input  name image  punctuation (`: the tokens of a line of the file in a line. */
function tokenLines(source: SourceFile): string {
  const lines = new Map<string, string[]>();
  for (const row of emitTokens(source).text.split("\n")) {
    const [place, kind, text] = row.split("\t");
    if (place === undefined || kind === undefined || text === undefined) continue;
    const [line = ""] = place.split(":");
    const shown =
      kind === "newline" || kind === "punctuation" ? JSON.parse(text) : `${kind} ${text.slice(1, -1)}`;
    lines.set(line, [...(lines.get(line) ?? []), kind === "newline" ? "end" : String(shown)]);
  }
  return [...lines].map(([line, tokens]) => `${line.padStart(3)}  ${tokens.join("  ")}`).join("\n");
}

/**
 * The syntax tree without its places, as `(kind member:value …)`: what was written, not where. Members that are null,
 * false or empty are left out, and so is the name of an only member.
 */
function treeText(value: unknown, indent = ""): string {
  const line = flatTree(value);
  if (value === null || typeof value !== "object" || indent.length + line.length <= 110) return line;
  const { open, close, parts } = treeParts(value);
  const [only] = parts;
  if (open === "" && only !== undefined) return treeText(only[1], indent);
  const deeper = `${indent}  `;
  return `${open}\n${parts.map(([key, part]) => deeper + key + treeText(part, deeper)).join("\n")}${close}`;
}

/** The tree in one line. */
function flatTree(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const { open, close, parts } = treeParts(value);
  const [only] = parts;
  if (open === "" && only !== undefined) return typeof only[1] === "string" ? only[1] : flatTree(only[1]);
  const space = /[([]$/.test(open) ? "" : " ";
  return `${open}${space}${parts.map(([key, part]) => key + flatTree(part)).join(" ")}${close}`;
}

/** Brackets and what stands between them; a record of one member without a kind needs none. */
function treeParts(value: object) {
  if (Array.isArray(value)) {
    return { open: "[", close: "]", parts: value.map((item: unknown) => ["", item] as const) };
  }
  const parts = membersOf(value);
  if ("kind" in value) return { open: `(${String(value.kind)}`, close: ")", parts };
  return parts.length === 1 ? { open: "", close: "", parts } : { open: "(", close: ")", parts };
}

function membersOf(value: object): (readonly [string, unknown])[] {
  const members = Object.entries(value)
    .filter(([key]) => key !== "span" && key !== "keyword" && key !== "kind")
    .filter(
      ([, member]) => member !== null && member !== false && !(Array.isArray(member) && member.length === 0),
    );
  return members.map(([key, member]) => [members.length === 1 ? "" : `${key}:`, member]);
}

/** JSON in which whatever fits into a line stands on one. */
export function compactJson(value: unknown, indent = ""): string {
  const line = JSON.stringify(value);
  if (value === null || typeof value !== "object" || indent.length + line.length <= 110) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => deeper + compactJson(item, deeper)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const lines = members.map(
    ([key, member]) => `${deeper}${JSON.stringify(key)}: ${compactJson(member, deeper)}`,
  );
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
