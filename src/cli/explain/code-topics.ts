import { codes } from "../../check/codes.js";
import { type CodeEntry, completeSpec, type Example, isSpecExample } from "../../diagnostics/codes/index.js";
import { renderDiagnostic } from "../../diagnostics/index.js";
import { checkExample } from "./check-example.js";
import { indented, pageWidth, paragraph } from "./layout.js";
import type { Topic } from "./topic.js";

/** Every code, with what `check` says of its wrong example at this moment: nothing that could grow stale. */
export function codeTopics(): Topic[] {
  return [...codes.values()].map((entry) => ({
    kind: "code",
    name: entry.code,
    summary: entry.title,
    text: () => codeText(entry),
    json: () => ({
      ...entry,
      wrong: { ...entry.wrong, says: exampleAnswer(entry) },
    }),
  }));
}

/** `L08`: the codes that begin so. */
export function familyTopics(): Topic[] {
  const families = new Set([...codes.keys()].map((code) => code.slice(0, 3)));
  return [...families].map((family) => {
    const own = [...codes.values()].filter(({ code }) => code.startsWith(family));
    return {
      kind: "codes",
      name: family,
      summary: `${own.length} codes`,
      text: () => own.map(({ code, title }) => `${code}   ${title}`),
      json: () => own.map(({ code, title }) => ({ code, title })),
    };
  });
}

function codeText(entry: CodeEntry): readonly string[] {
  return [
    `${entry.severity}[${entry.code}]: ${entry.title}`,
    "",
    ...paragraph(entry.meaning),
    "",
    ...paragraph(entry.why),
    "",
    "Wrong",
    ...indented(exampleText(entry.wrong)),
    "",
    ...indented(exampleAnswer(entry)),
    "",
    "Right",
    ...indented(exampleText(entry.right)),
    ...(isSpecExample(entry.right) ? [] : ["", ...indented(entry.right.says)]),
  ];
}

/**
 * An example as it is shown: the command line, or the file as far as the example goes. The line numbers of messages are
 * those of the lines shown.
 */
export function exampleText(example: Example): string {
  if (!isSpecExample(example)) return `$ ${example.command}`;
  const shown = completeSpec(example);
  const end = shown.indexOf(example.spec) + example.spec.length;
  const set = Object.entries(example.set ?? {}).map(([name, value]) => ` --set ${name}=${value}`);
  const files = Object.entries(example.files ?? {}).map(([path, text]) => `\n\n# ${path}\n${text}`);
  return `${set.length > 0 ? `$ lerac check example.lerac${set.join("")}\n\n` : ""}${shown.slice(0, end)}${files.join("")}`;
}

/** What is said about the wrong example: by the checker, or as the entry tells it. */
export function exampleAnswer({ code, wrong }: CodeEntry): string {
  if (!isSpecExample(wrong)) return wrong.says;
  const found = checkExample(wrong).find((diagnostic) => diagnostic.code === code);
  return found === undefined ? "" : renderDiagnostic(found, { color: false, width: pageWidth - 2 });
}
