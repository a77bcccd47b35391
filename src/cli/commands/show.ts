import { exitCodes } from "../../diagnostics/index.js";
import { readProgram } from "../../program/index.js";
import type { Run } from "../../runs/index.js";
import { type Command, flagOption, textOption } from "../command.js";
import { readText } from "../files.js";
import { runOf } from "../run-reference.js";
import { rowDocument } from "../runs/document.js";
import { rowOf } from "../runs/row.js";
import { differences } from "../show/differences.js";
import { type Against, showLines } from "../show/screen.js";
import { type Settings, settingsOf } from "../show/settings.js";

export const show: Command = {
  name: "show",
  arguments: "[RUN]",
  summary: "one run on one screen: how it stands, what it was made with, what next",
  examples: [
    ["lerac show", "the newest run"],
    ["lerac show b81d --against 7f3a", "with what differs from another run"],
  ],
  groups: [
    {
      title: "What is shown",
      options: [
        { flags: "--against RUN", description: "another run: its values first, then those of this one" },
        { flags: "--json", description: "one JSON object on standard output" },
      ],
    },
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const { env, stdout } = terminal;
    const now = Date.now();
    const run = runOf(invocation.arguments[0], env);
    const row = rowOf(run, env, now);
    const reference = textOption(invocation, "against");
    const other = reference === undefined ? null : runOf(reference, env);
    const against: Against | null = other && {
      row: rowOf(other, env, now),
      found: differences(settingsOfRun(other), settingsOfRun(run)),
    };
    if (flagOption(invocation, "json")) {
      const document = {
        ...rowDocument(row),
        environment: run.record.environment,
        options: run.record.options,
        program: run.record.program,
        ...(against === null ? {} : { against: against.row.run.record.id, differences: against.found }),
      };
      terminal.answer(JSON.stringify(document, null, 2));
      return exitCodes.ok;
    }
    const width = stdout.isTTY === true ? terminal.width(stdout) : 80;
    terminal.answer(showLines(row, against, width).join("\n"));
    return exitCodes.ok;
  },
};

function settingsOfRun(run: Run): Settings {
  const { program } = readProgram(readText(run.paths.program), run.paths.program);
  return settingsOf(run, program);
}
