import { suggest } from "../../base/suggest.js";
import { error } from "../../diagnostics/index.js";
import type { Name, StringExpression } from "../../syntax/index.js";
import type { Reporter } from "../reporter.js";

/** Whether the path of an import means the same on every machine. Faults are reported. */
export function isImportPath({ value, span }: StringExpression, reporter: Reporter): boolean {
  const [problem, help] = pathProblem(value);
  if (problem === null) return true;
  reporter.report(
    error("L0011", `the path of an import ${problem}`, {
      at: { span, text: "not such a path" },
      helps: help === null ? [] : [help],
    }),
  );
  return false;
}

function pathProblem(path: string): readonly [string | null, string | null] {
  const relative = "is relative to the file that imports";
  if (path === "") return ["is empty", 'name a file, such as `import "bert.lerac"`'];
  if (/^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(path))
    return ["is a file, not a URL", "download it and import the file"];
  if (/^[A-Za-z]:/.test(path) || /^[/\\]/.test(path))
    return [relative, 'such as `import "../nets/bert.lerac"`'];
  if (path.includes("\\"))
    return ["is written with `/` on every system", `write \`${path.replaceAll("\\", "/")}\``];
  if (!path.endsWith(".lerac")) return ["ends in `.lerac`", null];
  return [null, null];
}

/** `bert` of `std.bert`; null after a reported fault. */
export function standardName(
  path: readonly Name[],
  known: readonly string[],
  reporter: Reporter,
): string | null {
  const [first, second, third] = path;
  if (first === undefined) return null;
  const last = third ?? second ?? first;
  const span = { ...first.span, end: last.span.end };
  const written = path.map((name) => name.text).join(".");
  if (first.text !== "std" || second === undefined || third !== undefined) {
    // `blocks.lerac` without its quotes, or `nets.blocks` as other languages name a file in a folder.
    const parts = path.map((name) => name.text);
    const file = `"${(last.text === "lerac" ? parts.slice(0, -1) : parts).join("/")}.lerac"`;
    reporter.report(
      error("L0015", `\`${written}\` is no module of \`std\``, {
        at: { span, text: "without quotes stands only what ships with the language" },
        notes: known.length === 0 ? [] : [`there is ${known.map((name) => `std.${name}`).join(", ")}`],
        helps:
          first.text === "std"
            ? []
            : [
                {
                  text: `a file is named in quotes: \`import ${file}\``,
                  edits: [{ span, replacement: file }],
                },
              ],
      }),
    );
    return null;
  }
  if (known.includes(second.text)) return second.text;
  const near = suggest(second.text, known);
  reporter.report(
    error("L0015", `there is no module \`${written}\``, {
      at: { span: second.span, text: "does not ship with this version" },
      notes:
        near.length > 0 || known.length === 0
          ? []
          : [`there is ${known.map((name) => `std.${name}`).join(", ")}`],
      helps: near.slice(0, 1).map((n) => ({
        text: `did you mean \`std.${n}\`?`,
        edits: [{ span: second.span, replacement: n }],
      })),
    }),
  );
  return null;
}
