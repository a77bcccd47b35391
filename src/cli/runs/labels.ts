import { printable } from "../../base/format.js";
import { exitCodes } from "../../diagnostics/index.js";
import { changeLabels, isLabel, listRuns, readLabels } from "../../runs/index.js";
import { runOf, runsFolder } from "../run-reference.js";
import type { Terminal } from "../terminal.js";
import { usage } from "../usage.js";

/** `lerac runs tag RUN TAG...` and `untag`. */
export async function tagCommand(
  action: "tag" | "untag",
  [reference, ...tags]: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (reference === undefined || tags.length === 0)
    throw usage(`\`lerac runs ${action}\` needs a run and tags`, `lerac runs ${action}`, [
      `such as \`lerac runs ${action} 7f3a baseline\``,
    ]);
  if (action === "tag") for (const tag of tags) refuseOddWord(tag, "tag");
  const run = runOf(reference, terminal.env);
  const after = await changeLabels(run, ({ name, tags: before }) => ({
    name,
    tags: action === "tag" ? [...before, ...tags] : before.filter((tag) => !tags.includes(tag)),
  }));
  const list = after.tags.length === 0 ? "no tags" : `tags ${after.tags.map(printable).join(" ")}`;
  terminal.say(`${printable(run.record.name)}   ${list}`);
  return exitCodes.ok;
}

/** `lerac runs name RUN [NAME]`: without a name, the run goes by that of its folder again. */
export async function nameCommand(
  [reference, name, ...more]: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (reference === undefined || more.length > 0)
    throw usage("`lerac runs name` needs a run and one name", "lerac runs name", [
      "such as `lerac runs name 7f3a baseline`; without a name, it takes the name away",
    ]);
  if (name !== undefined) refuseOddWord(name, "name");
  const run = runOf(reference, terminal.env);
  if (name !== undefined) refuseTakenName(name, run.folder, terminal);
  await changeLabels(run, ({ tags }) => ({ name: name ?? null, tags }));
  terminal.say(
    `${printable(run.record.name)}   ${name === undefined ? "no name of its own" : `name ${name}`}`,
  );
  return exitCodes.ok;
}

function refuseOddWord(text: string, what: string): void {
  if (isLabel(text)) return;
  throw usage(`a ${what} is one word, not \`${printable(text)}\``, `${what} ${printable(text)}`, [
    "letters, digits, dots, hyphens and underscores, a letter or a digit first, at most 60 of them",
  ]);
}

/** A name that another run goes by, or that begins an id, would make that run hard to name. */
function refuseTakenName(name: string, folder: string, terminal: Terminal): void {
  const other = listRuns(runsFolder(terminal.env)).find(
    (run) =>
      run.folder !== folder &&
      (run.record.name === name ||
        readLabels(run).name === name ||
        run.record.id.startsWith(name.toLowerCase())),
  );
  if (other === undefined) return;
  throw usage(`\`${name}\` already means the run ${printable(other.record.name)}`, `name ${name}`, [
    "give this one another name",
  ]);
}
