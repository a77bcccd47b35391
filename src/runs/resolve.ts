import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { printable } from "../base/format.js";
import { suggest } from "../base/suggest.js";
import { fail } from "../diagnostics/index.js";
import { findRuns, openRun, type Run } from "./folder.js";
import { displayName, readLabels } from "./labels.js";
import { recordFile } from "./record.js";

/** Names of runs shown in an error at most. */
const shown = 5;

/**
 * The run a user means: a folder, the name of a run (that of its folder when it was made, or one its user gave it), or
 * an unambiguous start of its id; left out, the newest.
 * @throws LeracError L0705 when none or several fit, L0708 when the folder is damaged.
 */
export function resolveRun(reference: string | undefined, runsFolder: string): Run {
  if (reference !== undefined && isRunFolder(reference)) return openRun(reference);

  const { runs, damaged } = findRuns(runsFolder);
  runs.sort((a, b) => (a.record.created < b.record.created ? 1 : -1));
  const [newest] = runs;
  if (newest === undefined)
    throw fail("missing", "L0705", `there is no run in ${runsFolder}`, {
      at: { place: reference ?? runsFolder },
      helps: ["`lerac run FILE` makes one; LERAC_RUNS names another folder"],
    });
  if (reference === undefined) return newest;

  const named = runs.filter((run) => run.record.name === reference || readLabels(run).name === reference);
  const fitting =
    named.length > 0 ? named : runs.filter((run) => run.record.id.startsWith(reference.toLowerCase()));
  const [first, second] = fitting;
  if (first !== undefined && second === undefined) return first;

  if (first === undefined) {
    const meant = damaged.find(({ folder }) => isCalled(basename(folder), reference));
    if (meant !== undefined) throw meant.error;
    const near = nearTo(reference, runs);
    throw fail("missing", "L0705", `there is no run \`${printable(reference)}\``, {
      at: { place: reference },
      notes: [`the newest are ${listNames(runs)}`],
      helps: near.length > 0 ? [`did you mean \`${near.join("` or `")}\`?`] : ["`lerac runs` lists all"],
    });
  }
  throw fail("missing", "L0705", `\`${printable(reference)}\` fits ${fitting.length} runs`, {
    at: { place: reference },
    notes: [listNames(fitting)],
    helps: ["give more of the id, or the whole name"],
  });
}

/** What may have been meant: names and ids, or, where a path was given, folders of runs beside it. */
function nearTo(reference: string, runs: readonly Run[]): string[] {
  const folder = dirname(reference);
  if (folder === ".")
    return suggest(
      reference,
      runs.flatMap((run) => [run.record.id, displayName(run)]),
    );
  const beside = findRuns(folder).runs.map((run) => basename(run.folder));
  const written = reference.slice(0, reference.length - basename(reference).length);
  return suggest(basename(reference), beside).map((name) => printable(written + name));
}

function listNames(runs: readonly Run[]): string {
  const names = runs.slice(0, shown).map((run) => printable(displayName(run)));
  return names.join(", ") + (runs.length > shown ? ` and ${runs.length - shown} more` : "");
}

/** Whether the folder of a run that can't be read has this name, or an id that begins so. */
function isCalled(folder: string, reference: string): boolean {
  const id = folder.slice(folder.lastIndexOf("-") + 1);
  return folder === reference || id.startsWith(reference.toLowerCase());
}

function isRunFolder(path: string): boolean {
  return statSync(join(path, recordFile), { throwIfNoEntry: false })?.isFile() ?? false;
}
