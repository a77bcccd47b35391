import { type CompileOptions, compile } from "../../check/index.js";
import { exitCodes, LeracError, type SourceFile } from "../../diagnostics/index.js";
import { checkData } from "../check/data.js";
import { applyFixes, type Fix } from "../check/fixes.js";
import { type CheckedFile, hasErrors, readFormat, writeFindings } from "../check/output.js";
import { replaceSpec } from "../check/write-spec.js";
import { type Command, flagOption, type Invocation, listOption, textOption } from "../command.js";
import { readSource } from "../files.js";
import { compileOptions, parseSet } from "../load-program.js";
import { usage } from "../usage.js";

/** Fixes may uncover others: a name that is known now has arguments to check. */
const maximumRounds = 10;

export const check: Command = {
  name: "check",
  arguments: "FILE...",
  summary: "all that is wrong",
  examples: [
    ["lerac check fashion.lerac", "one line when it is right, every mistake when not"],
    ["lerac check specs/*.lerac", "several files, and a count"],
    ["lerac check --fix fashion.lerac", "writes the fixes that messages offer"],
    ["cat x.lerac | lerac check -", "standard input"],
  ],
  groups: [
    {
      title: "What is checked",
      options: [
        { flags: "--set NAME=VALUE", description: "a declared param; repeatable", repeatable: true },
        { flags: "--data", description: "look at the data on this machine too" },
      ],
    },
    {
      title: "What is shown and done",
      options: [
        { flags: "--all", description: "every error and warning, each by itself; not the first 20 and 10" },
        { flags: "--format NAME", description: "text, json, sarif, github (default text)" },
        { flags: "--fix", description: "write the fixes that need no decision, then check again" },
      ],
    },
  ],
  footer:
    "Without --data nothing but the specs is looked at, so that every machine gives the same answer.\n" +
    "Exit 0 when all is right, 3 when a spec is wrong, 4 when a file or data are missing: lerac explain exit",
  async run(invocation) {
    const { terminal } = invocation;
    const format = readFormat(textOption(invocation, "format") ?? "text");
    const fix = flagOption(invocation, "fix");
    if (fix && invocation.arguments.includes("-")) {
      throw usage("`--fix` writes files, and standard input is none", "--fix -", [
        "name the file: `lerac check --fix FILE`",
      ]);
    }
    const files: CheckedFile[] = [];
    for (const file of invocation.arguments) files.push(await checkFile(file, fix, invocation));
    await writeFindings(files, format, flagOption(invocation, "all"), terminal);
    return exitCode(files);
  },
};

async function checkFile(file: string, fix: boolean, invocation: Invocation): Promise<CheckedFile> {
  const options = compileOptions(file, parseSet(listOption(invocation, "set")));
  const fixed: Fix[] = [];
  try {
    const source = readSource(file);
    const text = fix ? fixedText(source, options, fixed) : source.text;
    if (text !== source.text) replaceSpec(file, source.text, text);
    const compiled = compile(text === source.text ? source : readSource(file), options);
    const data = flagOption(invocation, "data")
      ? await checkData(compiled, file, invocation.terminal.env)
      : [];
    return { file, compiled, diagnostics: [...compiled.diagnostics, ...data], fixed };
  } catch (error) {
    if (!(error instanceof LeracError)) throw error;
    return { file, compiled: null, diagnostics: error.diagnostics, fixed: [] };
  }
}

/** The text of a spec after every fix that can be made; `fixed` collects them. */
function fixedText(source: SourceFile, options: CompileOptions, fixed: Fix[]): string {
  let current = source;
  for (let round = 0; round < maximumRounds; round++) {
    const { text, applied } = applyFixes(current, compile(current, options).diagnostics);
    if (applied.length === 0) break;
    fixed.push(...applied);
    current = source.withText(text);
  }
  return current.text;
}

/** 3 when a spec is wrong; 4 when only something it needs is missing. */
function exitCode(files: readonly CheckedFile[]): number {
  const wrong = files.filter(({ diagnostics }) => hasErrors(diagnostics));
  if (wrong.length === 0) return exitCodes.ok;
  const inSpec = wrong.some(({ compiled }) => compiled !== null && hasErrors(compiled.diagnostics));
  return inSpec ? exitCodes.spec : exitCodes.missing;
}
