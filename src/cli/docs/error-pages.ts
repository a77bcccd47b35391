import { codes } from "../../check/codes.js";
import { type CodeEntry, codeFamilies, isSpecExample } from "../../diagnostics/codes/index.js";
import { exampleAnswer, exampleText } from "../explain/code-topics.js";

const notice = "<!-- Made by scripts/generate-docs.mjs from src/diagnostics/codes/; edit those. -->";

/**
 * The pages of `docs/errors/`: an index, and a page for each family of codes. What `lerac` says of the wrong examples is
 * what it says now: the examples are checked while the pages are made.
 *
 * @returns path below `docs/` to Markdown
 */
export function errorPages(): ReadonlyMap<string, string> {
  const families = [...codeFamilies].map(([family, title]) => ({
    family,
    title,
    entries: [...codes.values()].filter(({ code }) => code.startsWith(family)),
  }));
  const used = families.filter(({ entries }) => entries.length > 0);
  return new Map([
    ["errors/README.md", indexPage(used)],
    ...used.map((family) => [`errors/${family.family}.md`, familyPage(family)] as const),
  ]);
}

interface Family {
  readonly family: string;
  readonly title: string;
  readonly entries: readonly CodeEntry[];
}

function indexPage(families: readonly Family[]): string {
  return page([
    "# Errors",
    "",
    "Every message has a code, which never changes its meaning. `lerac explain L0212` tells the same on the command",
    "line. Both examples of each code are run as tests.",
    ...families.flatMap(({ family, title, entries }) => [
      "",
      `## ${family}: ${title}`,
      "",
      ...entries.map((entry) => `- [${entry.code}](${family}.md#${entry.code.toLowerCase()}) ${entry.title}`),
    ]),
  ]);
}

function familyPage({ family, title, entries }: Family): string {
  return page([
    `# ${family}: ${title}`,
    "",
    "[All codes](README.md)",
    ...entries.flatMap((entry) => ["", ...entrySection(entry)]),
  ]);
}

function entrySection(entry: CodeEntry): string[] {
  const { wrong, right } = entry;
  return [
    `## ${entry.code}`,
    "",
    `**${entry.severity}: ${entry.title}**`,
    "",
    entry.meaning,
    "",
    entry.why,
    "",
    "Wrong:",
    "",
    ...fenced(isSpecExample(wrong) ? "lerac" : "text", exampleText(wrong)),
    "",
    ...fenced("text", exampleAnswer(entry)),
    "",
    "Right:",
    "",
    ...fenced(
      isSpecExample(right) ? "lerac" : "text",
      isSpecExample(right) ? exampleText(right) : `${exampleText(right)}\n${right.says}`,
    ),
  ];
}

function fenced(language: string, text: string): string[] {
  return [`\`\`\`${language}`, text.trimEnd(), "```"];
}

function page(lines: readonly string[]): string {
  return `${[notice, "", ...lines].join("\n")}\n`;
}
