import type { Entry } from "../../language/catalogue.js";
import { columns } from "./layout.js";
import { argumentJson, argumentRows } from "./signature.js";
import type { Topic } from "./topic.js";

/** What an argument is called says little without what it is an argument of: one topic for all that share a name. */
export function argumentTopics(
  tables: readonly (readonly [kind: string, entries: ReadonlyMap<string, Entry>])[],
): Topic[] {
  const byName = new Map<string, { kind: string; entry: Entry }[]>();
  for (const [kind, entries] of tables) {
    for (const entry of entries.values()) {
      for (const name of Object.keys(entry.arguments)) {
        byName.set(name, [...(byName.get(name) ?? []), { kind, entry }]);
      }
    }
  }
  return [...byName].map(([name, owners]) => ({
    kind: "argument",
    name,
    summary: `An argument of ${owners.map(({ entry }) => entry.name).join(", ")}.`,
    text: () => [`${name}   argument`, "", ...columns(rowsOf(name, owners))],
    json: () => ({
      kind: "argument",
      name,
      of: owners.map(({ kind, entry }) => ({ kind, name: entry.name, ...argumentOf(entry, name) })),
    }),
  }));
}

/** Kind, names, type and meaning; what has the same meaning stands in one row. */
function rowsOf(
  name: string,
  owners: readonly { readonly kind: string; readonly entry: Entry }[],
): string[][] {
  const rows = new Map<string, { names: string[]; kind: string; type: string; meaning: string }>();
  for (const { kind, entry } of owners) {
    const [, type = "", meaning = ""] = argumentRows(entry.arguments).find(([key]) => key === name) ?? [];
    const same = `${kind}\n${type}\n${meaning}`;
    const row = rows.get(same) ?? { names: [], kind, type, meaning };
    row.names.push(entry.name);
    rows.set(same, row);
  }
  return [...rows.values()].flatMap(({ names, kind, type, meaning }) => [
    [kind, type, names.join(", ")],
    ["", "", meaning],
  ]);
}

function argumentOf(entry: Entry, name: string) {
  const spec = entry.arguments[name];
  if (spec === undefined) return {};
  const { name: _, ...facts } = argumentJson([name, spec]);
  return facts;
}
