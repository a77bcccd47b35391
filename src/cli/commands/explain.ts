import { exitCodes } from "../../diagnostics/index.js";
import { type Command, flagOption } from "../command.js";
import { allTopics, findTopics } from "../explain/find.js";
import { columns } from "../explain/layout.js";

export const explain: Command = {
  name: "explain",
  arguments: "[TOPIC]",
  summary: "a code, operator or setting",
  examples: [
    ["lerac explain L0212", "what a code means, with a wrong and a right example"],
    ["lerac explain conv2d", "the signature of an operator, and what it computes"],
    ["lerac explain until", "a setting of any section; a unit, a loss, a curriculum"],
    ["lerac explain exit", "what exit codes mean"],
    ["lerac explain events --json", "the JSON Schema of a run's events"],
  ],
  groups: [{ title: "What is shown", options: [{ flags: "--json", description: "the same for machines" }] }],
  footer: "Without a topic: all there are.",
  async run(invocation) {
    const { terminal } = invocation;
    const [word] = invocation.arguments;
    const json = flagOption(invocation, "json");
    if (word === undefined) {
      const topics = allTopics();
      if (json) {
        const list = topics.map(({ kind, name, summary }) => ({ kind, name, summary }));
        terminal.answer(JSON.stringify(list, null, 2));
      } else terminal.answer(overview().join("\n"));
      return exitCodes.ok;
    }
    const found = findTopics(word);
    if (json) {
      const [only, ...others] = found.map((topic) => topic.json());
      terminal.answer(JSON.stringify(others.length === 0 ? only : [only, ...others], null, 2));
    } else terminal.answer(found.map((topic) => topic.text().join("\n")).join("\n\n\n"));
    return exitCodes.ok;
  },
};

/** Every topic, a kind a paragraph: names alone, except codes, whose names say nothing. */
function overview(): string[] {
  const byKind = new Map<string, string[]>();
  for (const { kind, name } of allTopics()) {
    if (kind !== "code") byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
  }
  const codes = allTopics().filter(({ kind }) => kind === "code");
  return [
    ...columns(
      [...byKind].map(([kind, names]) => [kind, [...new Set(names)].join(" ")]),
      "",
    ),
    "",
    ...columns(
      codes.map(({ name, summary }) => [name, summary]),
      "",
    ),
  ];
}
