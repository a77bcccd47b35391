import { exitCodes, fail, LeracError } from "../../diagnostics/index.js";
import { planCsv, planDocument, planSvg, planText } from "../../report/index.js";
import { type Command, flagOption, type Invocation, listOption, textOption } from "../command.js";
import { dataFolder, type LoadedProgram, loadProgram } from "../load-program.js";
import { writeOutput } from "../output.js";
import { resolved } from "../plan/resolved.js";
import { snapshot } from "../plan/snapshot.js";
import { usage } from "../usage.js";

const forms = ["json", "csv", "resolved", "snapshot"] as const;

export const plan: Command = {
  name: "plan",
  arguments: "FILE",
  summary: "layers, levels and rates of a run, before it runs",
  examples: [
    ["lerac plan fashion.lerac", "the layer table and the rate table"],
    ["lerac plan fashion.lerac --set width=64", "of another width"],
    ["lerac plan fashion.lerac --svg plan.svg", "a picture: rates and layers"],
    ["lerac plan fashion.lerac --snapshot", "fashion.plan, to be committed beside it"],
    ["lerac plan fashion.lerac --snapshot --check", "in CI: exit 1 and a diff when it is stale"],
    ["lerac plan fashion.lerac --json | jq .levels", ""],
  ],
  groups: [
    {
      title: "What is planned",
      options: [
        { flags: "--set NAME=VALUE", description: "a declared param; repeatable", repeatable: true },
        { flags: "--arm NAME", description: "an arm of `compare`, instead of what `train` names" },
        {
          flags: "--data NAME=PATH",
          description: "where a dataset lies, for the number of steps; repeatable",
          repeatable: true,
        },
      ],
    },
    {
      title: "What is shown",
      options: [
        { flags: "--epochs all", description: "the rates of every epoch, not only of the curriculum" },
        {
          flags: "--resolved",
          description: "every value of the run, and who said so: written, default, --set",
        },
        { flags: "--json", description: "all of it (schema: docs/reference/plan.schema.json)" },
        { flags: "--csv", description: "the rates: a row a tick, a column a level" },
        {
          flags: "--svg FILE",
          description: "a picture: heat map, curves, layers; alone, or beside the text",
        },
        { flags: "-o, --output FILE", description: "into this file instead of standard output" },
      ],
    },
    {
      title: "For reviews",
      options: [
        {
          flags: "--snapshot",
          description:
            "write the plan beside the spec as NAME.plan; nothing in it depends on the machine or the data",
        },
        {
          flags: "--check",
          description: "with --snapshot: compare instead; exit 1 and a diff when it differs",
        },
      ],
    },
  ],
  footer: [
    "Nothing is trained and no backend is loaded. What is printed is what runs: a run compares the rates it applies " +
      "with the rates planned, step by step.",
    "A program (.json) has a plan too. Exit 0; 1 a stale snapshot; 3 a wrong spec.",
  ].join("\n"),
  async run(invocation) {
    const { terminal } = invocation;
    const [file = ""] = invocation.arguments;
    const form = chosenForm(invocation);
    const epochs = textOption(invocation, "epochs");
    if (epochs !== undefined && epochs !== "all") {
      throw usage("`--epochs` of `plan` is `all`", `--epochs ${epochs}`);
    }
    const set = listOption(invocation, "set");
    const loaded = await loadProgram(file, set, terminal, textOption(invocation, "arm"));
    if (form === "snapshot") return snapshot(loaded, flagOption(invocation, "check"), terminal);
    const data = listOption(invocation, "data");
    if (form === "resolved") return answer(invocation, resolved(loaded, set, data, terminal.env));
    const samples = await trainSamples(loaded, dataFolder(loaded, data, terminal.env));
    const svg = textOption(invocation, "svg");
    if (svg !== undefined) {
      writeOutput(svg, planSvg(planDocument(loaded.program, samples)));
      terminal.say(`wrote ${svg}`);
      // The picture is the answer, unless something else was asked for too.
      if (form === "text" && textOption(invocation, "output") === undefined) return exitCodes.ok;
    }
    return answer(invocation, textOf(form, loaded, samples, epochs === "all"));
  },
};

/** @throws LeracError L0920 where two forms are asked for, or one that this file can't have */
function chosenForm(invocation: Invocation): (typeof forms)[number] | "text" {
  const [file = ""] = invocation.arguments;
  const asked = forms.filter((form) => flagOption(invocation, form));
  const [form, second] = asked;
  if (second !== undefined) {
    throw usage(`the plan is shown in one form, not both \`--${form}\` and \`--${second}\``, `--${second}`);
  }
  if (form !== "snapshot") {
    if (flagOption(invocation, "check")) {
      throw usage("`--check` of `plan` belongs to `--snapshot`", "--check", [
        `\`lerac plan ${file} --snapshot --check\``,
      ]);
    }
    return form ?? "text";
  }
  if (!/\.lerac$/i.test(file)) throw usage("`--snapshot` needs a spec, a .lerac file", file);
  if (textOption(invocation, "arm") !== undefined) {
    throw usage("a snapshot is of the spec as it stands, without `--arm`", "--arm");
  }
  for (const flag of ["set", "data"]) {
    if (listOption(invocation, flag).length > 0) {
      throw usage(`a snapshot is of the spec as it stands, without \`--${flag}\``, `--${flag}`);
    }
  }
  return form;
}

function textOf(
  form: "text" | "json" | "csv",
  loaded: LoadedProgram,
  samples: number | null,
  allEpochs: boolean,
): string {
  if (form === "text") return planText(loaded.program, { samples, allEpochs });
  const document = planDocument(loaded.program, samples);
  if (form === "json") return `${JSON.stringify(document, null, 2)}\n`;
  const { rates } = document;
  if (rates === null) {
    throw fail("missing", "L0730", `the rates of ${loaded.file} depend on how much data there is`, {
      at: { place: loaded.file },
      notes: ["the plan mixes epochs and steps, and the data are not here"],
      helps: ["say where the data lie: `--data NAME=PATH`"],
    });
  }
  return planCsv({ ...document, rates });
}

function answer(invocation: Invocation, text: string): number {
  const output = textOption(invocation, "output");
  if (output === undefined) invocation.terminal.answer(text);
  else {
    writeOutput(output, text);
    invocation.terminal.say(`wrote ${output}`);
  }
  return exitCodes.ok;
}

/** How many samples there are to train on; null where the data are not here, which is no fault of a plan. */
export async function trainSamples(loaded: LoadedProgram, folder: string): Promise<number | null> {
  const { datasetSizes } = await import("../../data/index.js");
  try {
    return (await datasetSizes(loaded.program.data, { folder })).train;
  } catch (error) {
    if (error instanceof LeracError) return null;
    throw error;
  }
}
