import type { ArgumentTable } from "./arguments.js";

/** Something that is called by name in a setting: a source, a transform, an optimizer, … */
export interface Entry {
  readonly name: string;
  readonly summary: string;
  /** Paper or reference implementation of the definition, where there is one. */
  readonly source?: string;
  readonly arguments: ArgumentTable;
}

export type Catalogue<E extends Entry = Entry> = ReadonlyMap<string, E>;

export function catalogue<E extends Entry>(entries: readonly E[]): Catalogue<E> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}
