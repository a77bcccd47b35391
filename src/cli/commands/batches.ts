import { writeFileSync } from "node:fs";
import { formatBytes, formatCount, plural } from "../../base/format.js";
import { exitCodes } from "../../diagnostics/index.js";
import { encodeSafetensors } from "../../runs/safetensors.js";
import { foldOf } from "../../train/fold.js";
import { type Command, listOption, textOption } from "../command.js";
import { pointAtSource } from "../data-errors.js";
import { dataFolder, loadProgram } from "../load-program.js";
import { unwritable } from "../output.js";
import { usage, wholeNumber } from "../usage.js";

const splits = ["train", "val", "test"] as const;

export const batches: Command = {
  name: "batches",
  arguments: "FILE",
  summary: "the tensors that steps see, as a file, to check another implementation with",
  examples: [
    ["lerac batches fashion.lerac --count 10 -o batches.safetensors", "the first ten steps"],
    ["lerac batches fashion.lerac --split test --count 1 -o test.safetensors", ""],
  ],
  groups: [
    {
      title: "What is written",
      options: [
        { flags: "--split NAME", description: "train, val or test (default train)", values: splits },
        { flags: "--count N", description: "so many batches, from the first on (default 1)" },
        { flags: "-o, --output FILE", description: "a safetensors file; one that is there is replaced" },
      ],
    },
    {
      title: "Of which run",
      options: [
        { flags: "--set NAME=VALUE", description: "a declared param; repeatable", repeatable: true },
        { flags: "--arm NAME", description: "an arm of `compare`, instead of what `train` names" },
        { flags: "--seed N", description: "default: the spec's first" },
        { flags: "--fold N", description: "which fold is tested on, where the data have folds (default 1)" },
        {
          flags: "--data NAME=PATH",
          description: "where a dataset lies on this machine; repeatable",
          repeatable: true,
        },
      ],
    },
  ],
  footer: [
    "Tensors are called 000000/inputs/NAME and 000000/labels, by the number of steps before.",
    "Those of train are in the order of the seed's steps, transformed as they are trained on; those of val and test as " +
      "they are measured.",
  ].join("\n"),
  async run(invocation) {
    const { terminal } = invocation;
    const [file = ""] = invocation.arguments;
    const name = textOption(invocation, "split") ?? "train";
    const split = splits.find((known) => known === name);
    if (split === undefined)
      throw usage(`there is no split called \`${name}\``, `--split ${name}`, [
        `splits are ${splits.join(", ")}`,
      ]);
    const output = textOption(invocation, "output");
    if (output === undefined)
      throw usage("`lerac batches` needs a file to write", "-o FILE", [
        `such as \`lerac batches ${file} -o batches.safetensors\``,
      ]);
    const count = wholeNumber(textOption(invocation, "count"), "--count", 1) ?? 1;
    const loaded = await loadProgram(
      file,
      listOption(invocation, "set"),
      terminal,
      textOption(invocation, "arm"),
    );
    const { program, sha256 } = loaded;
    const seed =
      wholeNumber(textOption(invocation, "seed"), "--seed", 0) ?? (program.experiment.seeds[0] as number);
    const fold = foldOf(program, wholeNumber(textOption(invocation, "fold"), "--fold", 1), "--fold");
    const data = listOption(invocation, "data");
    const folder = dataFolder(loaded, data, terminal.env);
    const { collectBatches } = await import("../../train/batches.js");
    const written = await collectBatches(program, { split, count, seed, fold, folder }).catch(
      (error: unknown) => {
        const elsewhere = data.length > 0 || Boolean(terminal.env.LERAC_DATA);
        throw pointAtSource(error, elsewhere ? null : loaded.dataSource);
      },
    );
    const bytes = Buffer.concat(
      encodeSafetensors(written.tensors, {
        format: "lerac batches 1",
        program: sha256,
        split,
        seed: String(seed),
        steps_per_epoch: String(written.stepsPerEpoch),
      }),
    );
    try {
      writeFileSync(output, bytes);
    } catch (error) {
      throw unwritable(output, error);
    }
    const facts = [plural(written.batches, "batch", "batches"), `${formatCount(written.samples)} samples`];
    terminal.say(`wrote ${facts.join(", ")} of ${split}, seed ${seed}   ${formatBytes(bytes.length)}`);
    terminal.answer(output);
    return exitCodes.ok;
  },
};
