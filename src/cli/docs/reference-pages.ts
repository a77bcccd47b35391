import { reservedWords } from "../../../grammar/tokens.js";
import { exitCodes } from "../../diagnostics/index.js";
import type { Entry } from "../../language/catalogue.js";
import { scales, sources, transforms } from "../../language/data.js";
import { functions } from "../../language/functions.js";
import { inputKinds } from "../../language/inputs.js";
import { operators } from "../../language/operators/index.js";
import { losses, metrics, optimizers } from "../../language/training.js";
import { units } from "../../language/units.js";
import { valueWords } from "../../language/value-words.js";
import { words } from "../../language/words.js";
import { schedules } from "../../plan/index.js";
import { curriculumKinds, allSettings as settings } from "../../plan/setting-docs.js";
import { planSchema } from "../../report/index.js";
import { signature } from "../explain/signature.js";
import { commandPage } from "./command-page.js";
import { keysPage } from "./keys-page.js";
import { argumentTable, fenced, inline, page, row } from "./markdown.js";

/**
 * The pages of `docs/reference/`, made from the tables that the checker itself uses, so that they can't say anything
 * else than it does.
 *
 * @returns path below `docs/` to text
 */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["reference/README.md", indexPage()],
    ["reference/settings.md", settingsPage()],
    ["reference/operators.md", operatorsPage()],
    ["reference/data.md", dataPage()],
    ["reference/training.md", trainingPage()],
    ["reference/words.md", wordsPage()],
    ["reference/commands.md", await commandPage()],
    ["reference/keys.md", keysPage()],
    ["reference/plan.schema.json", `${JSON.stringify(planSchema, null, 2)}\n`],
  ]);
}

function indexPage(): string {
  return page("Reference", [
    "Made from the tables of the compiler. `lerac explain NAME` shows any of it on the command line.",
    "",
    "- [Settings](settings.md): what stands in `experiment`, `dataset`, `curriculum`, `train`",
    "- [Operators](operators.md): what a model is made of",
    "- [Data](data.md): inputs, sources, transforms, scales",
    "- [Training](training.md): optimizers, schedules, losses, metrics, curricula",
    "- [Words](words.md): sections, statements, units, functions, reserved words, exit codes",
    "- [Commands](commands.md): the command line",
    "- [Keys](keys.md): the keys of the monitor",
    "- [plan.schema.json](plan.schema.json): the JSON Schema of `lerac plan --json`",
    "- [Errors](../errors/README.md): every code",
  ]);
}

function settingsPage(): string {
  const names = [...new Set(settings.map((setting) => setting.section))];
  return page("Settings", [
    "A default holds where the setting is left out; it belongs to version 1 of the language and never changes in it.",
    "`lerac plan FILE --resolved` prints all of them for one file.",
    ...names.flatMap((name) => [
      "",
      `## ${name}`,
      "",
      row(["setting", "what it says", "as it is written", "default"]),
      row(["---", "---", "---", "---"]),
      ...settings
        .filter((setting) => setting.section === name)
        .map((setting) =>
          row([
            inline(setting.name),
            setting.doc,
            inline(setting.example),
            setting.required === true ? "**required**" : setting.default === null ? "" : setting.default,
          ]),
        ),
    ]),
  ]);
}

function operatorsPage(): string {
  const names = [...operators.keys()];
  return page("Operators", [
    "Arguments are given in this order, or by name; what has a default may be left out. Sizes are per sample, channels",
    "last. `lerac plan` shows the shape, the parameters and the multiply-adds of every layer.",
    "",
    names.map((name) => `[${name}](#${name})`).join(" "),
    ...[...operators.values()].flatMap((operator) => [
      "",
      ...entryLines(operator),
      ...(operator.inputs.to > 1 ? ["", inputsText(operator.inputs)] : []),
    ]),
  ]);
}

function inputsText({ from, to }: { readonly from: number; readonly to: number }): string {
  if (from === to) return `Takes ${from} inputs.`;
  return to >= 16 ? `Takes ${from} or more inputs.` : `Takes ${from} to ${to} inputs.`;
}

function dataPage(): string {
  return page("Data", [
    ...chapter("Inputs", "What a model takes: `input image(28, 28, 1)`.", inputKinds.values()),
    ...chapter("Sources", 'Where samples come from: `source idx("data/fashion-mini")`.', sources.values()),
    ...chapter(
      "Transforms",
      "What is done to a sample, in the order written: `split(train) |> shift(2 px) |> flip`.",
      transforms.values(),
      (transform) => (transform.random ? "Random: allowed in `train` only." : null),
    ),
    ...chapter(
      "Scales",
      "How raw values become inputs of the model: `scale standard(mean: 0.5, std: 0.5)`.",
      scales.values(),
    ),
  ]);
}

function trainingPage(): string {
  return page("Training", [
    ...chapter(
      "Curricula",
      "Kinds of `curriculum`; their settings: [Settings](settings.md).",
      curriculumKinds.values(),
      ({ chapters }) => chapters.map(([title, text]) => `#### ${title}\n\n${text}`).join("\n\n"),
    ),
    ...chapter(
      "Optimizers",
      "How gradients become changes: `optimizer sgd(rate: 0.1)`.",
      optimizers.values(),
    ),
    ...chapter(
      "Schedules",
      "How the common rate moves once the curriculum has ended: `schedule cosine`.",
      schedules.values(),
    ),
    ...chapter("Losses", "What is made small: `loss cross_entropy`.", losses.values()),
    ...chapter("Metrics", "What is measured: `metrics accuracy, top(3)`.", metrics.values()),
  ]);
}

function chapter<E extends Entry>(
  title: string,
  summary: string,
  entries: Iterable<E>,
  remark: (entry: E) => string | null = () => null,
): string[] {
  return [
    "",
    `## ${title}`,
    "",
    summary,
    ...[...entries].flatMap((entry) => {
      const said = remark(entry);
      return ["", ...entryLines(entry, "###"), ...(said === null ? [] : ["", said])];
    }),
  ];
}

function entryLines(entry: Entry, heading = "##"): string[] {
  return [
    `${heading} ${entry.name}`,
    "",
    entry.summary,
    "",
    ...fenced("text", signature(entry.name, entry.arguments)),
    ...argumentTable(entry.arguments),
    ...(entry.source === undefined ? [] : ["", `Source: ${entry.source}.`]),
  ];
}

const wordKinds = [
  ["section", "Sections"],
  ["statement", "In models and blocks"],
  ["clause", "Behind values"],
  ["operator of values", "In values"],
  ["value", "Values"],
  ["idea", "Ideas"],
] as const;

function wordsPage(): string {
  return page("Words", [
    ...wordKinds.flatMap(([kind, title]) => [
      "",
      `## ${title}`,
      ...[...words.map((word) => ({ ...word, aliases: [] })), ...valueWords]
        .filter((word) => word.kind === kind)
        .flatMap(({ name, aliases, doc, example }) => [
          "",
          `### ${[name, ...aliases].join(", ")}`,
          "",
          doc,
          "",
          ...fenced("lerac", example),
        ]),
    ]),
    "",
    "## Units",
    "",
    "Units are types: nothing is converted from one to another.",
    "",
    row(["unit", "measures", "taken by"]),
    row(["---", "---", "---"]),
    ...units.map((unit) => row([unit.spellings.map(inline).join(" "), unit.measures, unit.takenBy])),
    "",
    "## Functions",
    "",
    row(["function", "gives"]),
    row(["---", "---"]),
    ...[...functions.values()].map(({ name, arity, doc }) =>
      row([inline(`${name}(${arity === 1 ? "x" : "a, b"})`), doc]),
    ),
    "",
    "## Reserved words",
    "",
    "Never a name:",
    "",
    [...reservedWords].sort().map(inline).join(" "),
    "",
    "## Exit codes",
    "",
    row(["code", "name"]),
    row(["---", "---"]),
    ...Object.entries(exitCodes).map(([name, code]) => row([`${code}`, name])),
    "",
    "`lerac explain exit` says what each means.",
  ]);
}
