import { exitCodes, LeracError } from "../../diagnostics/index.js";
import { planText } from "../../report/index.js";
import { type Command, listOption, textOption } from "../command.js";
import { dataFolder, type LoadedProgram, loadProgram } from "../load-program.js";
import { usage } from "../usage.js";

export const plan: Command = {
  name: "plan",
  arguments: "FILE",
  summary: "layers, rates: the run",
  examples: [
    ["lerac plan fashion.lerac", "the layer table and the rate table"],
    ["lerac plan fashion.lerac --set width=64", "of another width"],
    ["lerac plan fashion.lerac --epochs all", "every epoch's rates"],
  ],
  groups: [
    {
      title: "What is shown",
      options: [
        { flags: "--set NAME=VALUE", description: "a declared param; repeatable", repeatable: true },
        { flags: "--epochs all", description: "the rates of every epoch, not only of the curriculum" },
        { flags: "--data NAME=PATH", description: "where a dataset lies; repeatable", repeatable: true },
      ],
    },
  ],
  footer: "Nothing is trained and no backend is loaded. What is printed is what runs.",
  async run(invocation) {
    const { terminal } = invocation;
    const [file = ""] = invocation.arguments;
    const epochs = textOption(invocation, "epochs");
    if (epochs !== undefined && epochs !== "all")
      throw usage("`--epochs` of `plan` is `all`", `--epochs ${epochs}`);
    const loaded = loadProgram(file, listOption(invocation, "set"), terminal);
    const folder = dataFolder(loaded, listOption(invocation, "data"), terminal.env);
    const samples = await trainSamples(loaded, folder);
    terminal.answer(planText(loaded.program, { samples, allEpochs: epochs === "all" }));
    return exitCodes.ok;
  },
};

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
