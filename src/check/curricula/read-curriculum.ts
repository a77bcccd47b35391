import { suggest } from "../../base/suggest.js";
import { error, type Span } from "../../diagnostics/index.js";
import { type CurriculumEntry, curricula } from "../../plan/index.js";
import type { CallExpression, CurriculumItem, Setting } from "../../syntax/index.js";
import type { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import { readSettings } from "../settings.js";
import type { CheckedCurriculum } from "./checked-curriculum.js";
import { readHold } from "./holds.js";
import { readSelectorSetting } from "./selectors.js";
import { readValue } from "./setting-values.js";

/** Settings that may stand several times. */
const repeated = ["freeze", "hold"];

/** A `curriculum` section by itself; null after reported faults. */
export function checkCurriculum(
  item: CurriculumItem,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedCurriculum | null {
  const kindName = item.kindName ?? item.name;
  const kind = curricula.get(kindName.text);
  if (kind === undefined) {
    reporter.report(unknownKind(item));
    return null;
  }
  return readCurriculum(
    { name: item.name.text, span: item.name.span, title: `curriculum \`${item.name.text}\`` },
    kind,
    item.settings,
    evaluator,
    reporter,
  );
}

function unknownKind({ kindName, name }: CurriculumItem) {
  const written = kindName ?? name;
  const near = suggest(written.text, curricula.keys());
  return error("L0401", `there is no kind of curriculum called \`${written.text}\``, {
    at: { span: written.span, text: "not known" },
    notes: [`kinds are ${[...curricula.keys()].join(", ")}`],
    helps: [
      ...near.slice(0, 1).map((n) =>
        // A curriculum's own name may be anything once its kind is said.
        kindName === null
          ? { text: `did you mean \`${n}\`?` }
          : { text: `did you mean \`${n}\`?`, edits: [{ span: written.span, replacement: n }] },
      ),
      ...(kindName === null
        ? [`a curriculum with a name of its own says its kind: \`curriculum ${name.text}: lerac\``]
        : []),
    ],
  });
}

/** A kind that the file does not declare, with its defaults: `cbs` as an arm. Null where it has required settings. */
export function bareCurriculum(
  kind: CurriculumEntry,
  span: Span,
  call: CallExpression | null,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedCurriculum | null {
  const settings = call === null ? [] : argumentsAsSettings(call, reporter);
  if (settings === null) return null;
  return readCurriculum(
    { name: kind.name, span, title: `\`${kind.name}\`` },
    kind,
    settings,
    evaluator,
    reporter,
  );
}

/** A curriculum with some settings replaced, as an arm of `compare` says: `lerac(until: 2 epochs)`. */
export function withOverrides(
  base: CheckedCurriculum,
  call: CallExpression,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedCurriculum | null {
  const settings = argumentsAsSettings(call, reporter);
  if (settings === null) return null;
  const table = tableOf(base.kind, `\`${base.name}\``, false);
  const found = readSettings(settings, table, reporter);
  if (found.size < settings.length) return null;
  const values = { ...base.values };
  const spans = { ...base.spans };
  for (const [name, setting] of found) {
    const spec = base.kind.settings[name];
    const read = spec && readValue(setting, spec, evaluator, reporter);
    if (!read) return null;
    values[name] = read.value;
    spans[name] = read.span;
  }
  return isComplete(base.kind, `\`${base.name}\``, values, call.span, reporter)
    ? { ...base, values, spans }
    : null;
}

/** Whether no setting is missing that the others ask for. */
function isComplete(
  kind: CurriculumEntry,
  title: string,
  values: Readonly<Record<string, unknown>>,
  span: Span,
  reporter: Reporter,
): boolean {
  const lacking = kind.rates?.missing?.(values) ?? null;
  if (lacking === null) return true;
  reporter.report(missing(title, lacking, kind.settings[lacking]?.example ?? lacking, span));
  return false;
}

/** Arguments of a call as lines of a section; `schedule` is none of the curriculum's. */
function argumentsAsSettings(call: CallExpression, reporter: Reporter): Setting[] | null {
  const settings: Setting[] = [];
  for (const { key, value, span } of call.arguments) {
    if (key === null) {
      reporter.report(
        error("L0417", "settings of an arm are given by name", {
          at: { span, text: "which setting is it?" },
          helps: ["write it as `lerac(until: 2 epochs)`"],
        }),
      );
      return null;
    }
    if (key.text !== "schedule") settings.push({ head: key, values: [value], clauses: [], span });
  }
  return settings;
}

function tableOf(kind: CurriculumEntry, title: string, whole: boolean) {
  const own = Object.keys(kind.settings);
  const common = [...(kind.rates === null ? [] : ["levels"]), ...repeated];
  return { title, settings: whole ? [...own, ...common] : own, repeated };
}

interface Section {
  readonly name: string;
  readonly span: Span;
  /** As messages call it. */
  readonly title: string;
}

function readCurriculum(
  { name, span, title }: Section,
  kind: CurriculumEntry,
  settings: readonly Setting[],
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedCurriculum | null {
  const found = readSettings(settings, tableOf(kind, title, true), reporter);
  const values: Record<string, unknown> = {};
  const spans: Record<string, Span> = {};
  let sound = true;
  for (const [key, spec] of Object.entries(kind.settings)) {
    const setting = found.get(key);
    if (setting === undefined) {
      if (spec.required === true) {
        reporter.report(missing(title, key, spec.example, span));
        sound = false;
      }
      values[key] = "default" in spec ? spec.default : null;
      continue;
    }
    const read = readValue(setting, spec, evaluator, reporter);
    if (read === null) sound = false;
    values[key] = read?.value;
    if (read !== null) spans[key] = read.span;
  }
  if (sound) sound = isComplete(kind, title, values, span, reporter);
  const levelsSetting = found.get("levels");
  const items = levelsSetting && readSelectorSetting(levelsSetting, reporter);
  const holds = settings
    .filter((setting) => repeated.includes(setting.head.text))
    .map((setting) => readHold(setting, evaluator, reporter));
  if (!sound || items === null || holds.includes(null)) return null;
  return {
    name,
    kind,
    span,
    values,
    spans,
    levels: items && levelsSetting ? { items, span: levelsSetting.span } : null,
    holds: holds.flatMap((hold) => hold ?? []),
  };
}

function missing(title: string, setting: string, example: string, span: Span) {
  return error("L0217", `${title} needs \`${setting}\``, {
    at: { span, text: `no \`${setting}\`` },
    helps: [`write a line such as \`${example}\``],
  });
}
