import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { printable } from "../../base/format.js";
import { exitCodes } from "../../diagnostics/index.js";
import { findRuns, resolveRun } from "../../runs/index.js";
import { type Command, flagOption, type Invocation, textOption } from "../command.js";
import { readText } from "../files.js";
import { prediction } from "../predict/ranked.js";
import { predictionTable } from "../predict/table.js";
import { usage, wholeNumber } from "../usage.js";

export const predict: Command = {
  name: "predict",
  arguments: "[RUN] [INPUT...]",
  summary: "label new inputs, or give their numbers, with the kept checkpoint of a run",
  examples: [
    ["lerac predict shoe.png", "with the newest run"],
    ["lerac predict 7f3a photos/ --top 3", "every image in a folder"],
    ["lerac predict 7f3a t10k-images-idx3-ubyte.gz --json", "every image of an IDX file"],
    ["lerac predict 90ab recordings/", "every WAV file in a folder, with a run on sound"],
    ["lerac predict b81d houses.csv", "every row, by the columns that the run took"],
    ["echo 'is it raining' | lerac predict 3c0d -", "every line, with a run on text"],
  ],
  groups: [
    {
      title: "What is predicted",
      options: [
        { flags: "--top N", description: "the N most probable classes of each (default 1)" },
        { flags: "--checkpoint NAME", description: "best, last, or one by name (default best)" },
      ],
    },
    {
      title: "Where it runs",
      options: [
        { flags: "--batch N", description: "so many at once (default: the batch of training)" },
        { flags: "--backend NAME", description: "default: that of the run" },
        { flags: "--device NAME", description: "default: that of the run, with --backend the processor" },
      ],
    },
    {
      title: "What is shown",
      options: [{ flags: "--json", description: "a JSON object a line on standard output" }],
    },
  ],
  footer: [
    "Inputs are read, transformed and scaled as the test data of the run.",
    "Images: image files, IDX files, and folders with them. Sound: WAV files and folders with them. Rows of numbers: csv, tsv and jsonl files with the run's columns; " +
      "`-` reads rows from standard input in the format of the run's data. Text: the same files, or any other file, " +
      "or `-`, with a sample a line; a tab parts two texts.",
    "The first word is a run where it is a run folder, or no file that is there and looks like none: a name, or a path into a folder of runs.",
  ].join("\n"),
  async run(invocation) {
    const { terminal } = invocation;
    const top = wholeNumber(textOption(invocation, "top"), "--top", 1) ?? 1;
    const batch = wholeNumber(textOption(invocation, "batch"), "--batch", 1);
    const backend = textOption(invocation, "backend");
    const device = textOption(invocation, "device");
    const { run, inputs } = runAndInputs(invocation);
    const { predictInputs } = await import("../../train/predict.js");
    const predictions = await predictInputs(run, {
      inputs,
      stdin: async () => readText("-"),
      checkpoint: textOption(invocation, "checkpoint") ?? "best",
      ...(batch === null ? {} : { batch }),
      ...(backend === undefined ? {} : { backend }),
      ...(device === undefined ? {} : { device }),
    });
    const { names, program, checkpoint } = predictions;
    const json = flagOption(invocation, "json");
    const table = predictionTable(names.map(printable), program, {
      top,
      forPeople: terminal.stdout.isTTY === true,
    });
    let index = 0;
    for await (const outputs of predictions.outputs()) {
      if (index === 0 && !json) terminal.answer(table.header);
      const name = names[index++] ?? "";
      if (json) terminal.answer(JSON.stringify({ file: name, ...prediction(outputs, program.data, top) }));
      else for (const line of table.rows(printable(name), outputs)) terminal.answer(line);
    }
    terminal.say(
      `${names.length} ${program.data.classes === null ? "answered" : "labelled"} by ${run.record.name} ${checkpoint}`,
    );
    return exitCodes.ok;
  },
};

function runAndInputs({ arguments: words, terminal }: Invocation) {
  const runs = terminal.env.LERAC_RUNS || "runs";
  const [first, ...rest] = words;
  const named = first !== undefined && namesRun(first, runs);
  const inputs = named ? rest : words;
  if (inputs.length > 0) return { run: resolveRun(named ? first : undefined, runs), inputs };
  // A run alone, or a file that is not there: which, its own message says.
  if (named) resolveRun(first, runs);
  throw usage(
    "`lerac predict` needs inputs: files, folders of images or recordings, or `-`",
    words.join(" ") || "predict",
    ["such as `lerac predict 7f3a photos/`"],
  );
}

/** A run folder, or a word that is no file and looks like none; a path does where runs lie beside what it names. */
function namesRun(word: string, runs: string): boolean {
  if (word === "-") return false;
  if (existsSync(word)) return existsSync(join(word, "run.json"));
  if (/\.\w+$/.test(word)) return false;
  if (!/[\\/]/.test(word)) return true;
  const folder = dirname(resolve(word));
  return folder === resolve(runs) || findRuns(folder).runs.length > 0;
}
