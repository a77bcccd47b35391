import { statSync } from "node:fs";
import { readProgram } from "../../program/index.js";
import { resolveRun } from "../../runs/index.js";
import { launchTrainer } from "../../train/launch.js";
import { attend } from "../attend.js";
import type { Command } from "../command.js";
import { readText } from "../files.js";
import { showGroup, showOptions } from "../show-options.js";

export const resume: Command = {
  name: "resume",
  arguments: "[RUN]",
  summary: "go on from a checkpoint",
  examples: [
    ["lerac resume", "the newest run"],
    ["lerac resume 7f3a", "by the start of its id, its name, or its folder"],
  ],
  groups: [showGroup],
  footer: "The weights at the end are those of a run that was never stopped, bit for bit.",
  async run(invocation) {
    const { terminal } = invocation;
    const run = resolveRun(invocation.arguments[0], terminal.env.LERAC_RUNS || "runs");
    const show = showOptions(invocation);
    const { program } = readProgram(readText(run.paths.program), run.paths.program);
    const { datasetSizes, stepsPerEpoch } = await import("../../data/index.js");
    const sizes = await datasetSizes(program.data, { folder: run.record.options.data });
    const perEpoch = stepsPerEpoch(sizes.train, program.train.batch, program.train.lastBatch);
    const from = statSync(run.paths.events, { throwIfNoEntry: false })?.size ?? 0;
    const trainer = launchTrainer(run, { resume: true });
    return await attend(run, trainer, program, terminal, { ...show, stepsPerEpoch: perEpoch, from });
  },
};
