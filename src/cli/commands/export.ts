import { readFileSync } from "node:fs";
import { formatBytes } from "../../base/format.js";
import { bytesOf } from "../../base/new-file.js";
import { exitCodes } from "../../diagnostics/index.js";
import { exportFiles, type Target, targets } from "../../export/index.js";
import { resolveRun } from "../../runs/index.js";
import { type Command, type Invocation, textOption } from "../command.js";
import { refuseFilled, writeFolder } from "../new-folder.js";
import { usage } from "../usage.js";
import { packageVersion } from "../version.js";

export const exportCommand: Command = {
  name: "export",
  arguments: "[RUN]",
  summary: "a trained network as files that other programs load",
  examples: [
    ["lerac export -o web", "the newest run, for a browser"],
    ["lerac export 7f3a -o out --to onnx", "for onnxruntime and others"],
    ["lerac export 7f3a -o start --to safetensors", "weights by address"],
  ],
  groups: [
    {
      title: "What is written",
      options: [
        { flags: "--to FORMAT", description: "tfjs, safetensors or onnx (default tfjs)", values: targets },
        { flags: "-o, --output DIR", description: "into this folder, which is made; nothing is overwritten" },
        { flags: "--checkpoint NAME", description: "best, last, or one by name (default best)" },
      ],
    },
  ],
  footer: [
    "Every export has a lerac.json: inputs, outputs, classes, scale, and where the weights come from.",
    "tfjs and onnx take images as 8-bit values, 0 to 255: the dataset's scale is in the graph. They give logits and " +
      "probabilities.",
    "Weights start another run: lerac run FILE --init DIR/model.safetensors",
  ].join("\n"),
  async run(invocation) {
    const { terminal } = invocation;
    const to = chosenTarget(invocation);
    const folder = textOption(invocation, "output");
    if (folder === undefined)
      throw usage("`lerac export` needs a folder to write into", "-o DIR", [
        `such as \`lerac export --to ${to} -o exported\``,
      ]);
    const run = resolveRun(invocation.arguments[0], terminal.env.LERAC_RUNS || "runs");
    refuseFilled(folder);
    const { readRunProgram, vocabularyOf } = await import("../../train/run-program.js");
    const { chooseCheckpoint } = await import("../../train/choose-checkpoint.js");
    const program = readRunProgram(run);
    const { name, state, tensors } = await chooseCheckpoint(
      run,
      textOption(invocation, "checkpoint") ?? "best",
    );
    const origin = {
      version: packageVersion(),
      run: run.record.name,
      seed: run.record.seed,
      program: run.record.program,
      checkpoint: name,
      step: state.progress.step,
    };
    const words = vocabularyOf(run, program) === null ? null : readFileSync(run.paths.vocabulary);
    const files = exportFiles(program, tensors, to, origin, words);
    writeFolder(folder, files);
    const names = files.length > 4 ? `${files.length} files` : files.map((file) => file.name).join(", ");
    terminal.say(`wrote ${names}   ${formatBytes(bytesOf(...files))}   ${run.record.name} ${name}`);
    terminal.answer(folder);
    return exitCodes.ok;
  },
};

function chosenTarget(invocation: Invocation): Target {
  const name = textOption(invocation, "to") ?? "tfjs";
  const target = targets.find((known) => known === name);
  if (target === undefined)
    throw usage(`there is no format called \`${name}\``, `--to ${name}`, [
      `formats are ${targets.join(", ")}`,
    ]);
  return target;
}
