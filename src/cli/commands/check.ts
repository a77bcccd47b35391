import { formatCount, plural } from "../../base/format.js";
import { type Compiled, compile } from "../../check/index.js";
import { countText, type Diagnostic, exitCodes, LeracError } from "../../diagnostics/index.js";
import { type Command, flagOption, listOption } from "../command.js";
import { readSource } from "../files.js";
import { parseSet } from "../load-program.js";

export const check: Command = {
  name: "check",
  arguments: "FILE...",
  summary: "all that is wrong",
  examples: [
    ["lerac check fashion.lerac", "one line when it is right, every mistake when not"],
    ["lerac check specs/*.lerac", "several files, and a count"],
    ["cat x.lerac | lerac check -", "standard input"],
  ],
  groups: [
    {
      title: "What is checked",
      options: [
        { flags: "--set NAME=VALUE", description: "a declared param; repeatable", repeatable: true },
        { flags: "--all", description: "show every error, not the first 20" },
      ],
    },
  ],
  footer:
    "Data on disk are not looked at, so that every machine gives the same answer.\nExit 0 when all is right, 3 when a spec is wrong.",
  async run(invocation) {
    const { terminal } = invocation;
    const set = parseSet(listOption(invocation, "set"));
    const found: Diagnostic[] = [];
    let wrong = 0;
    let unreadable = 0;
    for (const file of invocation.arguments) {
      let compiled: Compiled;
      try {
        compiled = compile(readSource(file), { set });
      } catch (error) {
        if (!(error instanceof LeracError)) throw error;
        compiled = { program: null, diagnostics: error.diagnostics, models: [] };
        unreadable++;
      }
      found.push(...compiled.diagnostics);
      terminal.diagnostics(compiled.diagnostics, terminal.stdout, flagOption(invocation, "all"));
      if (compiled.diagnostics.some((d) => d.severity === "error")) {
        wrong++;
        terminal.answer("");
      } else terminal.answer(okLine(file, compiled));
    }
    const { length } = invocation.arguments;
    if (found.length > 0) terminal.answer(countText(found, length));
    else if (length > 1) terminal.answer(`${plural(length, "file")}, no errors`);
    if (wrong === 0) return exitCodes.ok;
    return wrong === unreadable ? exitCodes.missing : exitCodes.spec;
  },
};

/** "ok  examples/01-fashion.lerac   1 model, 1,626,058 parameters, 4 levels". */
function okLine(file: string, { program, models }: Compiled): string {
  const facts =
    program === null
      ? [plural(models.length, "model"), "nothing to train"]
      : [
          plural(models.length, "model"),
          `${formatCount(program.model.parameters)} parameters`,
          plural(program.plan.levels.length, "level"),
        ];
  return `ok  ${file}   ${facts.join(", ")}`;
}
