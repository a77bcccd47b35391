import { resolve } from "node:path";
import { formatCount } from "../../base/format.js";
import { exitCodes } from "../../diagnostics/index.js";
import { formatMetric } from "../../ui/index.js";
import { type Command, flagOption, textOption } from "../command.js";
import { runOf } from "../run-reference.js";
import { usage } from "../usage.js";

const splits = ["train", "val", "test"] as const;

export const evalCommand: Command = {
  name: "eval",
  arguments: "[RUN]",
  summary: "measure on a split",
  examples: [
    ["lerac eval", "the kept checkpoint of the newest run, on test"],
    ["lerac eval 7f3a --split val --json", ""],
  ],
  groups: [
    {
      title: "What is measured",
      options: [
        { flags: "--split NAME", description: "train, val or test (default test)" },
        { flags: "--checkpoint NAME", description: "best, last, or one by name (default best)" },
      ],
    },
    {
      title: "Where it runs",
      options: [
        { flags: "--backend NAME", description: "default: that of the run" },
        { flags: "--device NAME", description: "default: that of the run, with --backend the processor" },
        { flags: "--data PATH", description: "where the data lie now" },
      ],
    },
    {
      title: "What is shown",
      options: [{ flags: "--json", description: "one JSON object on standard output" }],
    },
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const name = textOption(invocation, "split") ?? "test";
    const split = splits.find((known) => known === name);
    if (split === undefined)
      throw usage(`there is no split called \`${name}\``, `--split ${name}`, [
        `splits are ${splits.join(", ")}`,
      ]);
    const run = runOf(invocation.arguments[0], terminal.env);
    const backend = textOption(invocation, "backend");
    const device = textOption(invocation, "device");
    const data = textOption(invocation, "data");
    const { evaluateRun } = await import("../../train/evaluate.js");
    const result = await evaluateRun(run, {
      split,
      checkpoint: textOption(invocation, "checkpoint") ?? "best",
      ...(backend === undefined ? {} : { backend }),
      ...(device === undefined ? {} : { device }),
      ...(data === undefined ? {} : { data: resolve(data.slice(data.indexOf("=") + 1)) }),
    });
    if (flagOption(invocation, "json")) {
      terminal.answer(
        JSON.stringify({
          run: run.record.name,
          split: result.split,
          checkpoint: result.checkpoint,
          step: result.step,
          samples: result.samples,
          metrics: result.metrics,
        }),
      );
      return exitCodes.ok;
    }
    const facts = Object.entries(result.metrics).map(
      ([metric, value]) => `${metric} ${formatMetric(metric, value)}`,
    );
    terminal.answer(
      `${result.split}  ${facts.join("   ")}   ${formatCount(result.samples)} samples   ${result.checkpoint}`,
    );
    return exitCodes.ok;
  },
};
