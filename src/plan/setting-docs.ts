import { type Catalogue, catalogue, type Entry } from "../language/catalogue.js";
import { levelsSetting, precedenceSettings, type SettingDoc, settings } from "../language/settings.js";
import { type CurriculumEntry, curricula, type SettingSpec } from "./curricula/index.js";

/** A kind of curriculum as a thing called by name, with its card: chapters by their titles. */
export interface CurriculumDoc extends Entry {
  readonly chapters: readonly (readonly [title: string, text: string])[];
}

/** Kinds of curriculum, as `explain` and the reference list them. */
export const curriculumKinds: Catalogue<CurriculumDoc> = catalogue(
  [...curricula.values()].map(({ name, summary, source, card }) => ({
    name,
    summary,
    arguments: {},
    ...(source === undefined ? {} : { source }),
    chapters: [
      ["What it is", card.what],
      ["Source", card.source],
      ["Evidence", card.evidence],
      ["When it does nothing", card.nothing],
    ] as const,
  })),
);

/** Every setting of every section, curricula by their kind, in the order of the language page. */
export const allSettings: readonly SettingDoc[] = [
  ...settings.filter(({ section }) => section === "experiment" || section === "dataset"),
  ...[...curricula.values()].flatMap(settingsOf),
  ...settings.filter(({ section }) => section !== "experiment" && section !== "dataset"),
];

function settingsOf(kind: CurriculumEntry): SettingDoc[] {
  const own = Object.entries(kind.settings).map(([name, spec]) => ({
    name,
    doc: sentence(spec.doc),
    example: spec.example,
    default: defaultText(spec),
    ...(spec.required === true ? { required: true } : {}),
  }));
  const common = [...(kind.rates === null ? [] : [levelsSetting]), ...precedenceSettings];
  return [...own, ...common].map((setting) => ({ ...setting, section: `curriculum ${kind.name}` }));
}

/** As it would be written; null where nothing stands in for it. */
function defaultText(spec: SettingSpec): string | null {
  if (spec.required === true) return null;
  if ("defaultText" in spec && spec.defaultText !== undefined) return spec.defaultText;
  return "default" in spec && spec.default !== undefined && spec.default !== null ? `${spec.default}` : null;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
