import { formatBytes, plural, printable } from "../../base/format.js";
import { exitCodes } from "../../diagnostics/index.js";
import { folderSize, type Run, refuseWhenHeld, removeRun } from "../../runs/index.js";
import { confirm } from "../confirm.js";
import { runOf, shownFolder } from "../run-reference.js";
import type { Terminal } from "../terminal.js";
import { usage } from "../usage.js";
import { rowOf } from "./row.js";

/** `lerac runs rm RUN...`: all of them or, where one is not there or is being trained, none. */
export async function removeCommand(
  references: readonly string[],
  yes: boolean,
  terminal: Terminal,
): Promise<number> {
  if (references.length === 0)
    throw usage("`lerac runs rm` needs a run", "lerac runs rm", ["such as `lerac runs rm 7f3a`"]);
  const named = references.map((reference) => runOf(reference, terminal.env));
  const runs = [...new Map(named.map((run) => [run.folder, run])).values()];
  for (const run of runs) refuseWhenHeld(run);
  for (const run of runs) terminal.say(removalLine(run, terminal));
  const question = runs.length === 1 ? "remove it for good?" : `remove these ${runs.length} runs for good?`;
  if (!(await confirm(terminal, question, yes))) {
    terminal.say("nothing was removed");
    return exitCodes.no;
  }
  for (const run of runs) removeRun(run);
  terminal.say(`removed ${plural(runs.length, "run")}`);
  return exitCodes.ok;
}

function removalLine(run: Run, terminal: Terminal): string {
  const { state, tags, known } = rowOf(run, terminal.env, Date.now());
  const { files, bytes } = folderSize(run.folder);
  return [
    printable(shownFolder(run)),
    `${state} at epoch ${known.state.epoch.toFixed(2)}`,
    ...(tags.length === 0 ? [] : [`tags ${tags.map(printable).join(" ")}`]),
    `${plural(files, "file")}, ${formatBytes(bytes)}`,
  ].join("   ");
}
