import type { Command } from "./command.js";
import type { CommandGroup } from "./registry.js";
import { packageVersion } from "./version.js";

/** The page of `lerac --help`. */
export function overview(groups: readonly CommandGroup[]): string {
  const width = Math.max(...groups.map((group) => group.title.length)) + 2;
  const lines = groups.flatMap((group) =>
    group.commands.map((command, i) => {
      const title = i === 0 ? group.title : "";
      return `${title.padEnd(width)}${command.name.padEnd(9)}${command.summary}`;
    }),
  );
  return [
    `lerac ${packageVersion()}   train neural networks from reviewable specs, one rate a layer`,
    "",
    ...lines,
    "",
    "First time?  lerac run examples/01-fashion.lerac     Flags: lerac COMMAND --help",
    "",
  ].join("\n");
}

/** The page of `lerac COMMAND --help`. */
export function commandHelp(command: Command): string {
  const usage = `lerac ${command.name}${command.arguments === "" ? "" : ` ${command.arguments}`}`;
  const exampleWidth = Math.max(0, ...command.examples.map(([line]) => line.length)) + 3;
  const optionWidth = Math.max(0, ...command.groups.flatMap((g) => g.options.map((o) => o.flags.length))) + 3;
  return [
    `${usage.padEnd(22)} ${command.summary}`,
    "",
    ...command.examples.map(([line, what]) => `  ${line.padEnd(exampleWidth)}${what}`.trimEnd()),
    ...command.groups.flatMap((group) => [
      "",
      group.title,
      ...group.options.flatMap((option) => optionLines(option.flags, option.description, optionWidth)),
    ]),
    ...(command.footer === undefined ? [] : ["", command.footer]),
    "",
  ].join("\n");
}

/** One option, its description wrapped to 80 columns. */
function optionLines(flags: string, description: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of description.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > 78 - width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((text, i) => `  ${(i === 0 ? flags : "").padEnd(width)}${text}`);
}
