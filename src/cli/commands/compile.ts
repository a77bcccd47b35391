import { basename } from "node:path";
import { formatBytes } from "../../base/format.js";
import { bytesOf } from "../../base/new-file.js";
import { exitCodes, LeracError } from "../../diagnostics/index.js";
import type { EmitOrigin, EmitTarget } from "../../engine/emit/description.js";
import { type TrainingProgram, writeProgram } from "../../program/index.js";
import { planDocument } from "../../report/index.js";
import { emitTokens, emitTree } from "../../syntax/index.js";
import { type Command, type Invocation, listOption, textOption } from "../command.js";
import { readSource } from "../files.js";
import { loadProgram } from "../load-program.js";
import { refuseFilled, writeFolder } from "../new-folder.js";
import { writeOutput } from "../output.js";
import { usage } from "../usage.js";
import { packageVersion } from "../version.js";

const stages = ["tokens", "ast", "program", "plan", "step-graph", "onnx", "saved-model"] as const;
type Stage = (typeof stages)[number];

export const compileCommand: Command = {
  name: "compile",
  arguments: "FILE",
  summary: "a spec into a program, which runs anywhere as it is",
  examples: [
    ["lerac compile fashion.lerac -o cnn.program.json", "then: lerac run cnn.program.json"],
    ["lerac compile fashion.lerac --set width=64 | less", "the program on standard output"],
    ["lerac compile fashion.lerac --emit ast | jq '.items[].kind'", "an earlier stage"],
    ["lerac compile fashion.lerac --emit step-graph", "a training step as one graph, a line a value"],
    ["lerac compile fashion.lerac --emit onnx -o step", "the same for onnxruntime, with its evaluation"],
  ],
  groups: [
    {
      title: "What is compiled (recorded in the program)",
      options: [
        { flags: "--set NAME=VALUE", description: "a declared param; repeatable", repeatable: true },
        { flags: "--arm NAME", description: "an arm of `compare`, instead of what `train` names" },
      ],
    },
    {
      title: "What is written",
      options: [
        {
          flags: "--emit STAGE",
          description:
            "tokens, ast, program, plan, step-graph, onnx or saved-model (default program); tokens and ast also of a wrong spec",
          values: stages,
        },
        {
          flags: "-o, --output FILE",
          description:
            "into this file; nothing is written when the spec is wrong. For onnx and saved-model, a new folder",
        },
      ],
    },
  ],
  footer: [
    "A program is self-contained: layers, data, settings and the rate plan, under one sha256.",
    "Layout, comments and the name of the file don't change it; all that changes a run does.",
    "A program that was changed by hand is refused (L0701).",
    "onnx and saved-model are what `--backend onnx` and `--backend tensorflow` run; README.txt beside them tells how.",
  ].join("\n"),
  async run(invocation) {
    const { terminal } = invocation;
    const [file = ""] = invocation.arguments;
    const stage = chosenStage(invocation);
    const set = listOption(invocation, "set");
    if (stage === "tokens" || stage === "ast") {
      if (set.length > 0) throw usage(`\`--set\` changes nothing in \`--emit ${stage}\``, `--set ${set[0]}`);
      const { text, diagnostics } = (stage === "tokens" ? emitTokens : emitTree)(readSource(file));
      write(invocation, text);
      if (diagnostics.length > 0) throw new LeracError(exitCodes.spec, diagnostics);
      return exitCodes.ok;
    }
    const folder = stage === "onnx" || stage === "saved-model" ? newFolder(invocation, stage, file) : null;
    const { program, sha256 } = await loadProgram(file, set, terminal, textOption(invocation, "arm"));
    if (folder !== null) {
      await writeStep(invocation, program, {
        ...folder,
        origin: { version: packageVersion(), program: sha256 },
      });
      return exitCodes.ok;
    }
    if (stage === "step-graph") {
      write(invocation, await stepGraph(program));
      return exitCodes.ok;
    }
    const text =
      stage === "plan"
        ? `${JSON.stringify(planDocument(program, null), null, 2)}\n`
        : writeProgram(program, specName(file));
    write(invocation, text, `   sha256 ${sha256.slice(0, 8)}`);
    return exitCodes.ok;
  },
};

/** The step of a full batch, at which every level moves. The tensor library is loaded for it, and for nothing else. */
async function stepGraph(program: TrainingProgram): Promise<string> {
  const { printGraph, traceTrainStep } = await import("../../engine/step-graph.js");
  return printGraph(traceTrainStep(program, { batch: program.train.batch }));
}

interface NewFolder {
  readonly folder: string;
  readonly to: EmitTarget;
}

/** Several files go into a folder of their own; whether they can is known before anything is compiled. */
function newFolder(invocation: Invocation, to: EmitTarget, file: string): NewFolder {
  const folder = textOption(invocation, "output");
  if (folder === undefined)
    throw usage(`\`--emit ${to}\` needs a folder to write into`, "-o DIR", [
      `such as \`lerac compile ${file} --emit ${to} -o step\``,
    ]);
  refuseFilled(folder);
  return { folder, to };
}

/** What an executor hands to its runtime. */
async function writeStep(
  { terminal }: Invocation,
  program: TrainingProgram,
  { folder, to, origin }: NewFolder & { readonly origin: EmitOrigin },
): Promise<void> {
  const { emitStep } = await import("../../engine/emit/index.js");
  const { files, remark } = await emitStep(program, to, origin);
  writeFolder(folder, files);
  if (remark !== "") terminal.say(`note: ${remark}`);
  const names = files.map(({ name }) => name).join(", ");
  terminal.say(
    `wrote ${names} into ${folder}   ${formatBytes(bytesOf(...files))}   sha256 ${origin.program.slice(0, 8)}`,
  );
}

/** What the file calls its origin; standard input and other programs have no name to compile again. */
function specName(file: string): string | undefined {
  return file.endsWith(".lerac") ? basename(file) : undefined;
}

function chosenStage(invocation: Invocation): Stage {
  const name = textOption(invocation, "emit") ?? "program";
  const stage = stages.find((known) => known === name);
  if (stage === undefined) {
    throw usage(`there is no stage called \`${name}\``, `--emit ${name}`, [
      `stages are ${stages.join(", ")}`,
    ]);
  }
  return stage;
}

function write(invocation: Invocation, text: string, facts = ""): void {
  const output = textOption(invocation, "output");
  if (output === undefined) {
    invocation.terminal.answer(text);
    return;
  }
  writeOutput(output, text);
  invocation.terminal.say(`wrote ${output}${facts}`);
}
