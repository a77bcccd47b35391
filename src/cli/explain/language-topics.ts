import { lints } from "../../check/lints/index.js";
import type { Entry } from "../../language/catalogue.js";
import { scales, sources, transforms } from "../../language/data.js";
import { functions } from "../../language/functions.js";
import { inputKinds } from "../../language/inputs.js";
import { operators } from "../../language/operators/index.js";
import { averages, clips, keeps, losses, metrics, optimizers, stops } from "../../language/training.js";
import { units } from "../../language/units.js";
import { valueWords } from "../../language/value-words.js";
import { weightFormats } from "../../language/weights.js";
import { words } from "../../language/words.js";
import { schedules } from "../../plan/index.js";
import { curriculumKinds, allSettings as settings } from "../../plan/setting-docs.js";
import { argumentTopics } from "./argument-topics.js";
import { columns, indented, markdown, paragraph } from "./layout.js";
import { argumentJson, argumentRows, signature } from "./signature.js";
import type { Topic } from "./topic.js";

const plain: readonly (readonly [kind: string, entries: ReadonlyMap<string, Entry>])[] = [
  ["input", inputKinds],
  ["source", sources],
  ["scale", scales],
  ["loss", losses],
  ["metric", metrics],
  ["optimizer", optimizers],
  ["schedule", schedules],
  ["value of keep", keeps],
  ["value of stop", stops],
  ["value of clip", clips],
  ["value of average", averages],
  ["file of weights", weightFormats],
];

/** Everything the tables of the language hold: operators, inputs, sources, transforms, … */
export function languageTopics(): Topic[] {
  return [
    ...[...operators.values()].map((operator) =>
      entryTopic("operator", operator, [["inputs", inputsText(operator.inputs)]]),
    ),
    ...[...transforms.values()].map((transform) =>
      entryTopic("transform", transform, transform.random ? [["random", "allowed in `train` only"]] : []),
    ),
    ...plain.flatMap(([kind, entries]) => [...entries.values()].map((entry) => entryTopic(kind, entry))),
    // With the card: evidence is what one chooses a curriculum by.
    ...[...curriculumKinds.values()].map((kind) =>
      entryTopic("curriculum", kind, [["settings", settingNames(kind.name)]], kind.chapters),
    ),
    ...settingTopics(),
    ...wordTopics(),
    ...unitTopics(),
    ...lintTopics(),
    ...functionTopics(),
    ...argumentTopics([["operator", operators], ["transform", transforms], ...plain]),
  ];
}

function settingNames(kind: string): string {
  const own = settings.filter(({ section }) => section === `curriculum ${kind}`);
  return own.length === 0 ? "none" : own.map(({ name }) => name).join(", ");
}

function entryTopic(
  kind: string,
  entry: Entry,
  facts: readonly (readonly [string, string])[] = [],
  chapters: readonly (readonly [title: string, text: string])[] = [],
): Topic {
  const rows = [...facts, ...(entry.source === undefined ? [] : [["source", entry.source]])];
  const table = argumentRows(entry.arguments);
  return {
    kind,
    name: entry.name,
    summary: entry.summary,
    text: () => [
      `${entry.name}   ${kind}`,
      "",
      ...paragraph(entry.summary),
      "",
      ...paragraph(signature(entry.name, entry.arguments), "  "),
      ...(table.length === 0 ? [] : ["", ...columns(table)]),
      ...(rows.length === 0 ? [] : ["", ...columns(rows, "")]),
      ...chapters.flatMap(([title, text]) => ["", title, "", ...markdown(text, "  ")]),
    ],
    json: () => ({
      kind,
      name: entry.name,
      summary: entry.summary,
      signature: signature(entry.name, entry.arguments),
      arguments: Object.entries(entry.arguments).map(argumentJson),
      ...Object.fromEntries(facts),
      ...(entry.source === undefined ? {} : { source: entry.source }),
      ...(chapters.length === 0 ? {} : { card: Object.fromEntries(chapters) }),
    }),
  };
}

function inputsText({ from, to }: { readonly from: number; readonly to: number }): string {
  if (from === to) return `${from}`;
  return to >= 16 ? `${from} or more` : `${from} to ${to}`;
}

function settingTopics(): Topic[] {
  return settings.map((setting) => ({
    kind: `setting of ${setting.section}`,
    name: setting.name,
    summary: setting.doc,
    text: () => [
      `${setting.name}   setting of ${setting.section}`,
      "",
      ...paragraph(setting.doc),
      "",
      `  ${setting.example}`,
      "",
      setting.required === true ? "required" : `default   ${setting.default ?? "-"}`,
    ],
    json: () => ({ kind: "setting", ...setting, required: setting.required === true }),
  }));
}

function wordTopics(): Topic[] {
  const all = [...words.map((word) => ({ ...word, aliases: [] })), ...valueWords];
  return all.map(({ name, aliases, kind, doc, example }) => ({
    kind,
    name,
    aliases,
    summary: doc,
    text: () => [
      `${[name, ...aliases].join(", ")}   ${kind}`,
      "",
      ...paragraph(doc),
      "",
      ...indented(example),
    ],
    json: () => ({ kind, name, doc, example }),
  }));
}

function unitTopics(): Topic[] {
  return units.map((unit) => ({
    kind: "unit",
    name: unit.name,
    aliases: unit.spellings,
    summary: unit.measures,
    text: () => [
      `${unit.spellings.join(", ")}   unit`,
      "",
      ...paragraph(unit.measures),
      "",
      ...columns([["taken by", unit.takenBy]], ""),
    ],
    json: () => ({ kind: "unit", ...unit }),
  }));
}

function lintTopics(): Topic[] {
  return [...lints.values()].map(({ rule, page: { code, title } }) => ({
    kind: "lint",
    name: rule,
    summary: title,
    text: () => [
      `${rule}   lint`,
      "",
      ...paragraph(`Warns when ${title}.`),
      "",
      "Where it is meant, a line of its own before the statement waives it:",
      "",
      `  # lint: allow ${rule}, REASON`,
      "",
      `examples   lerac explain ${code}`,
    ],
    json: () => ({ kind: "lint", name: rule, code, summary: title }),
  }));
}

function functionTopics(): Topic[] {
  return [...functions.values()].map(({ name, arity, doc }) => {
    const written = `${name}(${arity === 1 ? "x" : "a, b"})`;
    return {
      kind: "function",
      name,
      summary: doc,
      text: () => [`${written}   function`, "", ...paragraph(doc)],
      json: () => ({ kind: "function", name, arity, doc }),
    };
  });
}
