import { plural, printable } from "../../base/format.js";
import { exitCodes, LeracError } from "../../diagnostics/index.js";
import { findRuns } from "../../runs/index.js";
import { glyphs } from "../../ui/glyphs.js";
import { asciiOnly } from "../../ui/theme.js";
import { flagOption, type Invocation, listOption, textOption } from "../command.js";
import { runsFolder } from "../run-reference.js";
import type { Terminal } from "../terminal.js";
import { filterRows, metricShown, sortRows } from "./choose.js";
import { listColumns } from "./columns.js";
import { rowDocument } from "./document.js";
import { type RunRow, rowOf } from "./row.js";
import { listTable, listTabs } from "./table.js";

/** The runs of the folder of runs: a table in a terminal, tabs in a pipe, or JSON. */
export async function listCommand(invocation: Invocation): Promise<number> {
  const { terminal } = invocation;
  const { env } = terminal;
  const now = Date.now();
  const folder = runsFolder(env);
  const { runs, damaged } = findRuns(folder);
  const all = runs.map((run) => rowOf(run, env, now));
  const sort = textOption(invocation, "sort");
  const rows = sortRows(filterRows(all, listOption(invocation, "filter")), sort);
  for (const { error } of damaged) await warn(error, terminal);
  if (flagOption(invocation, "json")) terminal.answer(JSON.stringify(rows.map(rowDocument), null, 2));
  else if (rows.length === 0) terminal.say(nothing(folder, all.length));
  else printRows(rows, sort, invocation, now);
  return exitCodes.ok;
}

function printRows(
  rows: readonly RunRow[],
  sort: string | undefined,
  invocation: Invocation,
  now: number,
): void {
  const { stdout, env } = invocation.terminal;
  const columns = listColumns(metricShown(rows, sort), now);
  const wide = flagOption(invocation, "wide");
  if (stdout.isTTY !== true && !wide) {
    invocation.terminal.answer(listTabs(rows, columns).join("\n"));
    return;
  }
  const width = wide ? Number.POSITIVE_INFINITY : invocation.terminal.width(stdout);
  const { lines, left } = listTable(rows, columns, width, glyphs(asciiOnly(false, env, process.platform)));
  invocation.terminal.answer(lines.join("\n"));
  if (left.length > 0) invocation.terminal.say(`+${plural(left.length, "column")}: --wide`);
}

function nothing(folder: string, all: number): string {
  return all === 0
    ? `there is no run in ${printable(folder)}   lerac run FILE`
    : `none of ${plural(all, "run")} fits the filter`;
}

/** A run that can't be read is told of, and stops nobody from seeing the others. */
async function warn(error: unknown, terminal: Terminal): Promise<void> {
  if (!(error instanceof LeracError)) throw error;
  await terminal.diagnostics(
    error.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: "warning" as const })),
    terminal.stderr,
  );
}
