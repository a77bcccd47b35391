import type { Command } from "./command.js";
import type { CommandGroup } from "./registry.js";
import { packageVersion } from "./version.js";

/** The page of `lerac --help`: two commands a line. */
export function overview(groups: readonly CommandGroup[]): string {
  const lines = groups.flatMap((group) =>
    group.commands.flatMap((left, i) => {
      if (i % 2 === 1) return [];
      const title = i === 0 ? group.title : "";
      const right = group.commands[i + 1];
      const second = right === undefined ? "" : `${right.name.padEnd(9)}${right.summary}`;
      return [`${title.padEnd(9)}${left.name.padEnd(11)}${left.summary.padEnd(24)}${second}`.trimEnd()];
    }),
  );
  return [
    `lerac ${packageVersion()}   train neural networks from reviewable specs, one rate a layer`,
    "",
    ...lines,
    "First time?  lerac init && lerac run first.lerac     Flags: lerac COMMAND --help",
    "",
  ].join("\n");
}

const columns = 80;

/** The page of `lerac COMMAND --help`: what it does, command lines that work, every flag, what else to know. */
export function commandHelp(command: Command): string {
  const usage = `lerac ${command.name}${command.arguments === "" ? "" : ` ${command.arguments}`}`;
  const optionWidth = Math.max(0, ...command.groups.flatMap((g) => g.options.map((o) => o.flags.length))) + 3;
  return [
    ...(usage.length < 22
      ? wrapped(command.summary, `${usage.padEnd(22)} `)
      : [usage, ...wrapped(command.summary, " ".repeat(23))]),
    "",
    ...exampleLines(command.examples),
    ...command.groups.flatMap((group) => [
      "",
      group.title,
      ...group.options.flatMap((option) =>
        wrapped(option.description, `  ${option.flags.padEnd(optionWidth)}`),
      ),
    ]),
    ...(command.footer === undefined
      ? []
      : ["", ...command.footer.split("\n").flatMap((line) => wrapped(line, ""))]),
    "",
  ].join("\n");
}

/** Command lines in one column, what each is for in another; beside a long one there is no room, so it stands below. */
function exampleLines(examples: Command["examples"]): string[] {
  const fitting = examples.filter(([line, what]) => line.length + 5 + what.length <= columns);
  const width = Math.max(0, ...fitting.map(([line]) => line.length)) + 3;
  return examples.flatMap(([line, what]) => {
    if (what === "") return [`  ${line}`];
    const beside = `  ${line.padEnd(width)}${what}`;
    return beside.length <= columns ? [beside] : [`  ${line}`, ...wrapped(what, "      ")];
  });
}

/** Text broken at spaces, the later lines indented to where the first one's text begins. */
function wrapped(text: string, start: string): string[] {
  const lines: string[] = [];
  let line = start;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = " ".repeat(start.length);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
