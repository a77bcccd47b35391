import { resolve } from "node:path";
import { formatCount, plural } from "../../base/format.js";
import { fail } from "../../diagnostics/index.js";
import { planText } from "../../report/index.js";
import { createRun, type RunOptions } from "../../runs/index.js";
import { foldOf } from "../../train/fold.js";
import { launchTrainer } from "../../train/launch.js";
import { refuseUntrainable, refuseWeights } from "../../train/trainable.js";
import { attend, detach } from "../attend.js";
import { type Command, flagOption, type Invocation, listOption, textOption } from "../command.js";
import { pointAtSource } from "../data-errors.js";
import { dataFolder, type LoadedProgram, loadProgram } from "../load-program.js";
import { logOption, logsOf } from "../log-option.js";
import { runsFolder } from "../run-reference.js";
import { detachOption, refuseDetachedStream, showGroup, showOptions } from "../show-options.js";
import { usage, wholeNumber } from "../usage.js";
import { packageVersion } from "../version.js";

export const run: Command = {
  name: "run",
  arguments: "FILE",
  summary: "train a spec (.lerac) or a compiled program (.json)",
  examples: [
    ["lerac run fashion.lerac", "the first seed, monitor in a terminal"],
    ["lerac run fashion.lerac --seed 3 --set width=64", ""],
    ["lerac run fashion.lerac --json > events.jsonl", ""],
    ["RUN=$(lerac run fashion.lerac --detach)", "in the background; lerac watch shows it"],
  ],
  groups: [
    {
      title: "What runs (recorded with the run)",
      options: [
        { flags: "--set NAME=VALUE", description: "a declared param; repeatable", repeatable: true },
        { flags: "--arm NAME", description: "an arm of `compare`, instead of what `train` names" },
        { flags: "--seed N", description: "default: the spec's first" },
        { flags: "--fold N", description: "which fold is tested on, where the data have folds (default 1)" },
        { flags: "--epochs N", description: "stop early; the rate plan stays that of the full run" },
        { flags: "--steps N", description: "the same, counted in steps" },
        { flags: "--init FILE", description: "start from these weights (.safetensors)" },
      ],
    },
    {
      title: "Where it runs",
      options: [
        {
          flags: "--backend NAME",
          description: "auto, tensorflow, onnx, eager, wasm, cpu (default auto)",
          values: ["auto", "tensorflow", "onnx", "eager", "wasm", "cpu"],
        },
        {
          flags: "--device NAME",
          description: "onnx on cpu, cuda, webgpu, coreml, directml (default cpu)",
          values: ["cpu", "cuda", "webgpu", "coreml", "directml"],
        },
        { flags: "--threads N", description: "as many threads (default: what the backend likes)" },
        {
          flags: "--data NAME=PATH",
          description: "where a dataset lies on this machine; repeatable",
          repeatable: true,
        },
        { flags: "--out DIR", description: "the run folder (default runs/SPEC-CURRICULUM-sSEED-ID)" },
        detachOption,
      ],
    },
    {
      ...showGroup,
      options: [...showGroup.options, logOption],
    },
  ],
  footer: "Ctrl-C once saves and stops (exit 6), twice aborts (130): lerac explain exit",
  async run(invocation) {
    const { terminal } = invocation;
    const [file = ""] = invocation.arguments;
    const loaded = await loadProgram(
      file,
      listOption(invocation, "set"),
      terminal,
      textOption(invocation, "arm"),
    );
    if (loaded.undecided.length > 0) throw undecided(file, loaded.undecided);
    const folder = dataFolder(loaded, listOption(invocation, "data"), terminal.env);
    const show = showOptions(invocation);
    refuseDetachedStream(invocation);
    const seed =
      wholeNumber(textOption(invocation, "seed"), "--seed", 0) ??
      (loaded.program.experiment.seeds[0] as number);
    const fold = foldOf(loaded.program, wholeNumber(textOption(invocation, "fold"), "--fold", 1), "--fold");
    const options = runOptions(invocation, folder);
    const { readBackendName, readDeviceName } = await import("../../engine/index.js");
    const backend = readBackendName(
      options.backend,
      textOption(invocation, "backend") === undefined ? "LERAC_BACKEND=" : "--backend ",
    );
    if (options.device !== undefined) readDeviceName(options.device, backend);
    refuseWeights(loaded.program, options.init);
    refuseUntrainable(loaded.program);
    const { datasetSizes, stepsPerEpoch } = await import("../../data/index.js");
    const sizes = await datasetSizes(loaded.program.data, { folder, fold }).catch((error: unknown) => {
      const elsewhere = listOption(invocation, "data").length > 0 || Boolean(terminal.env.LERAC_DATA);
      throw pointAtSource(error, elsewhere ? null : loaded.dataSource);
    });
    const { batch, lastBatch } = loaded.program.train;
    const perEpoch = stepsPerEpoch(sizes.train, batch, lastBatch);
    if (!show.quiet) terminal.say(okLine(loaded, perEpoch, options));
    const out = textOption(invocation, "out");
    const created = await createRun({
      runsFolder: runsFolder(terminal.env),
      ...(out === undefined ? {} : { out }),
      spec: {
        name: file === "-" ? "stdin.lerac" : file,
        text: loaded.specText,
        ...(file === "-" ? {} : { file }),
      },
      imports: loaded.imports,
      program: loaded.program,
      planText: planText(loaded.program, { samples: sizes.train }),
      version: packageVersion(),
      seed,
      fold,
      options,
    });
    const trainer = launchTrainer(created);
    if (flagOption(invocation, "detach"))
      return await detach(created, trainer, terminal, { ...show, from: 0 });
    return await attend(created, trainer, loaded.program, terminal, {
      ...show,
      stepsPerEpoch: perEpoch,
      from: 0,
      resumedAfter: 0,
    });
  },
};

function runOptions(invocation: Invocation, data: string): RunOptions {
  const epochs = wholeNumber(textOption(invocation, "epochs"), "--epochs", 1);
  const steps = wholeNumber(textOption(invocation, "steps"), "--steps", 1);
  if (epochs !== null && steps !== null) {
    throw usage(
      "a run ends after so many epochs or so many steps, not both",
      `--epochs ${epochs} --steps ${steps}`,
    );
  }
  const logs = logsOf(invocation);
  const device = textOption(invocation, "device");
  const init = textOption(invocation, "init");
  if (init !== undefined && !/\.safetensors$/i.test(init)) {
    throw fail("usage", "L0924", `\`--init\` needs a .safetensors file, not \`${init}\``, {
      at: { place: `--init ${init}` },
      helps: ["checkpoints of runs are such files: runs/NAME/checkpoints/"],
    });
  }
  return {
    data,
    backend: textOption(invocation, "backend") ?? (invocation.terminal.env.LERAC_BACKEND || "auto"),
    threads: wholeNumber(textOption(invocation, "threads"), "--threads", 1),
    epochs,
    steps,
    init: init === undefined ? null : { file: resolve(init), sha256: null },
    ...(logs.length === 0 ? {} : { logs }),
    ...(device === undefined ? {} : { device }),
  };
}

/** A run is of one arm: where the spec leaves open which, the command has to say it. */
function undecided(file: string, arms: readonly string[]) {
  return fail("usage", "L0512", `${file} has several curricula and trains under none of them by itself`, {
    at: { place: file },
    notes: [`its arms are ${arms.join(", ")}`],
    helps: [`choose one: \`lerac run ${file} --arm ${arms[0]}\`, or name one in \`train\``],
  });
}

/** Before any backend loads: what the spec is and how much of it is run, so that a wrong file or wrong data end here. */
function okLine({ file, program }: LoadedProgram, perEpoch: number, options: RunOptions): string {
  const { length } = program.train;
  const steps = length.unit === "epochs" ? length.value * perEpoch : length.value;
  const own = Math.min(
    steps,
    options.steps ?? steps,
    (options.epochs ?? Number.POSITIVE_INFINITY) * perEpoch,
  );
  const facts = [
    `${formatCount(program.model.parameters)} parameters`,
    plural(program.plan.levels.length, "level"),
    own < steps ? `${formatCount(own)} of ${plural(steps, "step")}` : plural(steps, "step"),
  ];
  return `lerac ${packageVersion()}  ${file}  ok: ${facts.join(", ")}`;
}
