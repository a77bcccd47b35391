import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { formatCount, plural, printable } from "../../base/format.js";
import { type SoundFolderSurvey, type Survey, surveyData } from "../../data/survey/index.js";
import { exitCodes, fail } from "../../diagnostics/index.js";
import { type Command, textOption } from "../command.js";
import { copyFolder, packagedData, refuseExisting, writeNew } from "../init/files.js";
import { type SpecRequest, specText } from "../init/spec-text.js";
import { isName } from "../init/words.js";
import type { Terminal } from "../terminal.js";

export const init: Command = {
  name: "init",
  arguments: "[NAME]",
  summary: "a first spec, and data to try it on",
  examples: [
    ["lerac init", "first.lerac, and a small copy of Fashion-MNIST"],
    ["lerac init specs/shirts", "specs/shirts.lerac"],
    ["lerac init --from photos", "photos.lerac, for images in a folder a class"],
    ["lerac init --from words", "words.lerac, for recordings in a folder a class"],
  ],
  groups: [
    {
      title: "What it is for",
      options: [
        {
          flags: "--from FOLDER",
          description:
            "one's own data: IDX files as of MNIST, or images or recordings (WAV) in a folder a class, divided into train, val and test or not",
        },
      ],
    },
  ],
  footer:
    "Looks at the data and writes a spec that trains within minutes: a small net, the curriculum `lerac`, and what to " +
    "compare it with. Never overwrites a file (exit 4), never asks.",
  async run(invocation) {
    const from = textOption(invocation, "from");
    const [name] = invocation.arguments;
    await (from === undefined
      ? firstSpec(name ?? "first", invocation.terminal)
      : specFor(from, name, invocation.terminal));
    return exitCodes.ok;
  },
};

async function firstSpec(name: string, terminal: Terminal): Promise<void> {
  const file = fileName(name);
  await refuseExisting(file);
  const data = join(dirname(file), "data", "fashion-mini");
  const copied = await copyFolder(await packagedData(), data);
  const survey = await surveyData(data);
  const text = specText({
    title: "small CNN on Fashion-MNIST",
    name: "fashion",
    path: "data/fashion-mini",
    survey,
  });
  await writeNew(file, text);
  const [train = 0, test = 0] = survey.parts.values();
  said(terminal, [
    [`wrote ${file}`, factsOf(survey, text)],
    [
      `${copied ? "wrote" : "found"} ${shown(data)}/`,
      `${formatCount(train)} + ${formatCount(test)} images of Fashion-MNIST (5 MB, MIT)`,
    ],
  ]);
  nextCommands(file, terminal);
}

async function specFor(folder: string, name: string | undefined, terminal: Terminal): Promise<void> {
  const stem = basename(join(folder, ".")) || "data";
  const file = fileName(name ?? asName(stem));
  await refuseExisting(file);
  const path = relative(dirname(file), folder).split(sep).join("/") || ".";
  if (isAbsolute(path)) {
    throw fail("missing", "L0390", `${printable(folder)} lies on another drive than the spec`, {
      at: { place: `--from ${folder}` },
      helps: ["write the spec there, or say `--data NAME=FOLDER` when it is run"],
    });
  }
  const survey = await surveyData(folder);
  terminal.answer(`saw ${sawText(survey)}`);
  const request: SpecRequest = { title: `small CNN on ${stem}`, name: asName(stem), path, survey };
  const text = specText(request);
  await writeNew(file, text);
  said(terminal, [[`wrote ${file}`, factsOf(survey, text)]]);
  nextCommands(file, terminal);
}

function fileName(name: string): string {
  return /\.lerac$/i.test(name) ? name : `${name}.lerac`;
}

/** A folder's name as a name of the language. */
function asName(stem: string): string {
  const name = stem
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
  return isName(name) ? name : isName(`data_${name}`) ? `data_${name}` : "data";
}

function sawText(survey: Survey): string {
  const total = [...survey.parts.values()].reduce((sum, count) => sum + count, 0);
  if (survey.kind === "idx") {
    const parts = [...survey.parts].map(([part, count]) => `${part} ${formatCount(count)}`);
    return `IDX files: ${plural(survey.classes, "class", "classes")}, ${parts.join(" + ")} images, ${survey.height}x${survey.width}`;
  }
  const divided = survey.parts.has("all")
    ? ""
    : `, divided into ${[...survey.parts.keys()].map(printable).join(", ")}`;
  const folders = plural(survey.classNames.length, "folder");
  const classes = `${survey.classNames.length} classes, ${formatCount(total)} files${divided}`;
  if (survey.kind === "audio_folder") return `${folders} of recordings: ${classes}, ${soundText(survey)}`;
  const size = survey.oneSize ? `${survey.height}x${survey.width}` : "of several sizes";
  return `${folders} of images: ${classes}, ${size}`;
}

/** `8,000 Hz, 0.3 to 1.2 s`. */
function soundText({ rates, seconds }: SoundFolderSurvey): string {
  const [low = 0, high = low] = [rates[0], rates.at(-1)];
  const hertz = low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`;
  return `${hertz} Hz, ${seconds.map((value) => value.toFixed(1)).join(" to ")} s`;
}

function factsOf(survey: Survey, text: string): string {
  const classes = survey.kind === "idx" ? survey.classes : survey.classNames.length;
  return `small CNN, ${classes} classes, curriculum lerac, ${text.split("\n").length - 1} lines`;
}

/** Lines in two columns. */
function said(terminal: Terminal, lines: readonly (readonly [string, string])[]): void {
  const width = Math.max(...lines.map(([left]) => left.length)) + 2;
  for (const [left, right] of lines) terminal.answer(`${left.padEnd(width)}${right}`);
}

function nextCommands(file: string, terminal: Terminal): void {
  const name = /[^\w./\\:-]/.test(file) ? `"${file}"` : file;
  terminal.say(`next  lerac plan ${name}   lerac run ${name}`);
}

function shown(path: string): string {
  return path.split(sep).join("/");
}
