/** What a page of the tutorial asks its reader to do. */
export type Step =
  /** Type a command; `expected` is what it answers. */
  | {
      readonly kind: "command";
      readonly line: number;
      readonly command: string;
      readonly expected: readonly string[];
    }
  /** Change a file: these lines become those. */
  | {
      readonly kind: "change";
      readonly line: number;
      readonly file: string;
      readonly from: string;
      readonly to: string;
    }
  /** A part of a file that is shown. */
  | { readonly kind: "shown"; readonly line: number; readonly text: string };

/** The code blocks of a page in order: `console`, `diff`, `lerac`. Those for other tools (`sh`) are no steps. */
export function stepsOf(markdown: string): Step[] {
  const steps: Step[] = [];
  for (const block of markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    const [, language = "", body = ""] = block;
    const line = markdown.slice(0, block.index).split("\n").length + 1;
    const lines = body.replace(/\n$/, "").split("\n");
    if (language === "console") steps.push(...commandsOf(lines, line));
    if (language === "diff") steps.push(changeOf(lines, line));
    if (language === "lerac") steps.push({ kind: "shown", line, text: body });
  }
  return steps;
}

function commandsOf(lines: readonly string[], first: number): Step[] {
  const steps: { kind: "command"; line: number; command: string; expected: string[] }[] = [];
  lines.forEach((text, i) => {
    const last = steps[steps.length - 1];
    if (text.startsWith("$ "))
      steps.push({ kind: "command", line: first + i, command: text.slice(2), expected: [] });
    else if (last === undefined) throw new Error(`line ${first + i}: output before any command`);
    else last.expected.push(text);
  });
  return steps;
}

/** The first line names the file, after a space as of an unchanged line. */
function changeOf([name = "", ...lines]: readonly string[], line: number): Step {
  const pick = (sign: string) =>
    lines.filter((text) => text.startsWith(sign)).map((text) => `${text.slice(1)}\n`);
  if (lines.some((text) => !/^[-+]/.test(text)))
    throw new Error(`line ${line}: neither taken out nor put in`);
  return { kind: "change", line, file: name.trim(), from: pick("-").join(""), to: pick("+").join("") };
}

/** Expected output as a pattern: a line `...` is any number of lines, `...` in a line any text. */
export function patternOf(expected: readonly string[]): RegExp {
  const parts = expected.map((line) =>
    line.trim() === "..." ? "(?:.*\\n)*?" : `${line.split("...").map(escaped).join(".*")}\\n`,
  );
  return new RegExp(`^${parts.join("")}$`);
}

/** Text as a pattern of itself; spaces before a `...` may be more or fewer. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ +$/, " *");
}
