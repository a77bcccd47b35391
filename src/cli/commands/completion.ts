import { suggest } from "../../base/suggest.js";
import { exitCodes } from "../../diagnostics/index.js";
import type { Command } from "../command.js";
import { bashScript } from "../completion/bash.js";
import { fishScript } from "../completion/fish.js";
import { type CommandModel, completionModel } from "../completion/model.js";
import { powershellScript } from "../completion/powershell.js";
import { zshScript } from "../completion/zsh.js";
import { commandEntries } from "../registry.js";
import { usage } from "../usage.js";

const scripts: Readonly<Record<string, (commands: readonly CommandModel[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};
const shells = Object.keys(scripts);

export const completion: Command = {
  name: "completion",
  arguments: "SHELL",
  summary: "Tab for bash, zsh, fish or powershell",
  operands: shells,
  examples: [
    ['eval "$(lerac completion bash)"', "in ~/.bashrc"],
    ['eval "$(lerac completion zsh)"', "in ~/.zshrc, after compinit"],
    ["lerac completion fish > ~/.config/fish/completions/lerac.fish", ""],
    ["lerac completion powershell | Out-String | Invoke-Expression", "in $PROFILE"],
  ],
  groups: [],
  footer:
    "Completes commands, flags, spec files, ids of runs, and for `--set` the params of the spec on the line.",
  async run({ arguments: [shell = ""], terminal }) {
    const script = scripts[shell];
    if (script === undefined) {
      const [near] = suggest(shell, shells);
      throw usage(`there is no completion for the shell \`${shell}\``, `lerac completion ${shell}`, [
        near === undefined ? `shells are ${shells.join(", ")}` : `did you mean \`${near}\`?`,
      ]);
    }
    const commands = await Promise.all(
      commandEntries.map(async (entry) => ({ ...(await entry.load()), summary: entry.summary })),
    );
    terminal.answer(script(completionModel(commands)));
    return exitCodes.ok;
  },
};
