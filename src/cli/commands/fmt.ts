import { closeSync, openSync, readSync } from "node:fs";
import { printable } from "../../base/format.js";
import { lineDiff } from "../../base/line-diff.js";
import { type Diagnostic, exitCodes, LeracError, type SourceFile } from "../../diagnostics/index.js";
import { type Formatted, format } from "../../syntax/format/index.js";
import { replaceSpec } from "../check/write-spec.js";
import { type Command, flagOption } from "../command.js";
import { readSource } from "../files.js";
import type { Terminal } from "../terminal.js";

export const fmt: Command = {
  name: "fmt",
  arguments: "FILE...",
  summary: "lay specs out in the one way there is",
  examples: [
    ["lerac fmt fashion.lerac", "writes the file, if anything changes"],
    ["lerac fmt --check specs/*.lerac", "writes nothing; exit 1 when a file would change"],
    ["lerac fmt --diff fashion.lerac", "shows what would change"],
    ["cat x.lerac | lerac fmt -", "standard input to standard output"],
  ],
  groups: [
    {
      title: "Instead of writing",
      options: [
        { flags: "--check", description: "name the files that would change" },
        { flags: "--diff", description: "show the lines that would change" },
      ],
    },
  ],
  footer:
    "There are no options of layout. Comments stay with what they are about; what does not parse stays as written.\n" +
    "Exit 0 when done, 1 when --check found a difference, 3 when a part did not parse, 4 when a file can't be read.",
  async run(invocation) {
    const mode: Mode = { check: flagOption(invocation, "check"), diff: flagOption(invocation, "diff") };
    const outcomes: Outcome[] = [];
    for (const file of invocation.arguments) outcomes.push(await formatFile(file, mode, invocation.terminal));
    if (outcomes.includes("broken")) return exitCodes.spec;
    if (outcomes.includes("unreadable")) return exitCodes.missing;
    return mode.check && outcomes.includes("changed") ? exitCodes.no : exitCodes.ok;
  },
};

interface Mode {
  readonly check: boolean;
  readonly diff: boolean;
}

type Outcome = "same" | "changed" | "broken" | "unreadable";

/** Formats one file as the flags say. What is wrong goes to stderr, so that stdout can be piped on. */
async function formatFile(file: string, mode: Mode, terminal: Terminal): Promise<Outcome> {
  try {
    const source = readSource(file);
    const formatted = format(source);
    const changed = formatted.text !== source.text || hasByteOrderMark(file);
    deliver(file, source, formatted, changed, mode, terminal);
    if (formatted.diagnostics.length > 0) {
      // Lines are counted in the file as it now is.
      const written = changed && !mode.check && !mode.diff;
      const shown = written ? format(source.withText(formatted.text)) : formatted;
      await terminal.diagnostics(shown.diagnostics, terminal.stderr);
      terminal.say(`${printable(source.name)}: ${leftAlone(formatted.diagnostics)}`);
      return "broken";
    }
    return changed ? "changed" : "same";
  } catch (error) {
    if (!(error instanceof LeracError)) throw error;
    await terminal.diagnostics(error.diagnostics, terminal.stderr);
    return "unreadable";
  }
}

function deliver(
  file: string,
  source: SourceFile,
  { text }: Formatted,
  changed: boolean,
  { check, diff }: Mode,
  terminal: Terminal,
): void {
  const shown = printable(source.name);
  if (diff && changed) terminal.answer(diffText(source, text, terminal));
  if (check && !diff && changed) terminal.answer(`not formatted  ${shown}`);
  if (check || diff) return;
  if (file === "-") terminal.stdout.write(text);
  else if (changed) {
    replaceSpec(file, source.text, text, "drop");
    terminal.answer(`formatted  ${shown}`);
  }
}

/** A unified diff from the file to its layout. On a terminal, control characters in comments are shown as escapes. */
function diffText(source: SourceFile, text: string, terminal: Terminal): string {
  const whole = `--- ${source.name}\n+++ ${source.name} (formatted)\n${lineDiff(source.text, text)}`;
  if (terminal.stdout.isTTY !== true) return whole;
  return whole
    .split("\n")
    .map((line) => line.split("\t").map(printable).join("\t"))
    .join("\n");
}

function leftAlone(diagnostics: readonly Diagnostic[]): string {
  const whole = diagnostics.some((diagnostic) => diagnostic.code.startsWith("L00"));
  return whole ? "left as it is" : "what does not parse is left as written, the rest is formatted";
}

/** `readSource` hides the mark; the layout has none. */
function hasByteOrderMark(file: string): boolean {
  if (file === "-") return false;
  const start = Buffer.alloc(3);
  const handle = openSync(file, "r");
  try {
    return readSync(handle, start, 0, 3, 0) === 3 && start.equals(Buffer.from([0xef, 0xbb, 0xbf]));
  } finally {
    closeSync(handle);
  }
}
