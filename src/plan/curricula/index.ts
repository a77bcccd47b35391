import { invariant } from "../../base/invariant.js";
import type { CurriculumEntry } from "./curriculum.js";
import { entries } from "./registry.generated.js";

export type {
  Choice,
  CurriculumEntry,
  LayerFacts,
  Paced,
  RateKind,
  Rates,
  SettingSpec,
  SettingTable,
} from "./curriculum.js";

/** Kinds of curriculum by name: a folder each. */
export const curricula: ReadonlyMap<string, CurriculumEntry> = new Map(
  entries.map((entry: CurriculumEntry) => [entry.name, entry]),
);

/** A kind that is known to exist: programs are checked before they are used. */
export function curriculumKind(name: string): CurriculumEntry {
  const entry = curricula.get(name);
  invariant(entry, `no kind of curriculum ${name}`);
  return entry;
}
