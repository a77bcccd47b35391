import { statSync } from "node:fs";
import { resolve } from "node:path";
import { readProgram } from "../../program/index.js";
import { addLogs, moveData, readLastEvent, refuseWhenHeld } from "../../runs/index.js";
import { launchTrainer } from "../../train/launch.js";
import { refuseWrongStart } from "../../train/may-start.js";
import { attend, detach } from "../attend.js";
import { type Command, flagOption, textOption } from "../command.js";
import { readText } from "../files.js";
import { logOption, logsOf } from "../log-option.js";
import { runOf } from "../run-reference.js";
import { detachOption, refuseDetachedStream, showGroup, showOptions } from "../show-options.js";

export const resume: Command = {
  name: "resume",
  arguments: "[RUN]",
  summary: "go on from a checkpoint",
  examples: [
    ["lerac resume", "the newest run"],
    ["lerac resume 7f3a", "by the start of its id, its name, or its folder"],
    ["lerac resume 7f3a --log tensorboard", "and files of all that happened, from the first step on"],
    ["lerac resume 7f3a --data /mnt/data/fashion", "after a move to another machine"],
  ],
  groups: [
    {
      title: "Where it runs",
      options: [
        { flags: "--data PATH", description: "where the data lie now; they must be the same" },
        detachOption,
      ],
    },
    { ...showGroup, options: [...showGroup.options, logOption] },
  ],
  footer: "The weights at the end are those of a run that was never stopped, bit for bit.",
  async run(invocation) {
    const { terminal } = invocation;
    const found = runOf(invocation.arguments[0], terminal.env);
    const show = showOptions(invocation);
    const logs = logsOf(invocation);
    refuseDetachedStream(invocation);
    const { program } = readProgram(readText(found.paths.program), found.paths.program);
    refuseWhenHeld(found);
    refuseWrongStart(found, true);
    const path = textOption(invocation, "data");
    const data = path === undefined ? found.record.options.data : resolve(path.slice(path.indexOf("=") + 1));
    const { datasetSizes, stepsPerEpoch } = await import("../../data/index.js");
    const sizes = await datasetSizes(program.data, { folder: data, fold: found.record.fold });
    const moved = data === found.record.options.data ? found : await moveData(found, data);
    const run = await addLogs(moved, logs);
    const perEpoch = stepsPerEpoch(sizes.train, program.train.batch, program.train.lastBatch);
    const from = statSync(run.paths.events, { throwIfNoEntry: false })?.size ?? 0;
    const resumedAfter = readLastEvent(run.paths.events)?.seq ?? 0;
    const trainer = launchTrainer(run, { resume: true });
    if (flagOption(invocation, "detach")) return await detach(run, trainer, terminal, { ...show, from });
    return await attend(run, trainer, program, terminal, {
      ...show,
      stepsPerEpoch: perEpoch,
      from,
      resumedAfter,
    });
  },
};
