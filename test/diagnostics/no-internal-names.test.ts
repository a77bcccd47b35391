import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RandomSource, type RandomStream } from "../../src/base/random.js";
import { codes } from "../../src/check/codes.js";
import { compile } from "../../src/check/index.js";
import { completeSpec, isSpecExample } from "../../src/diagnostics/codes/index.js";
import {
  type Diagnostic,
  renderGithub,
  renderJson,
  renderSarif,
  renderText,
  SourceFile,
} from "../../src/diagnostics/index.js";

/** Specs of every kind: what ships, what tests hold, and both examples of every code. */
function corpus(): Map<string, string> {
  const texts = new Map<string, string>();
  for (const folder of ["examples", "specs", "test"]) {
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (file.endsWith(".lerac")) texts.set(join(folder, file), readFileSync(join(folder, file), "utf8"));
    }
  }
  for (const { code, wrong, right } of codes.values()) {
    if (isSpecExample(wrong)) texts.set(`${code} wrong`, completeSpec(wrong));
    if (isSpecExample(right)) texts.set(`${code} right`, completeSpec(right));
  }
  return texts;
}

/** What may never be read outside: names of token types, of the parser's and the validator's parts, JavaScript's own. */
const internal: readonly RegExp[] = [
  /\b(Section_|Reserved_|Unit_|Mismatched|NoViableAlt|NotAllInput|EarlyExit|EOF\b|RCURLY)/,
  /\b(instancePath|schemaPath|additionalProperties|discriminator|must NOT have|must have required)\b/,
  /\bundefined\b|\[object |\bNaN\b|\bInfinity\b|=>|\bfunction\b\s*\(|\bTypeError\b|\bRangeError\b/,
  /\n\s+at .*:\d+:\d+|node_modules|\.[jt]s:\d+/,
  // Names in camel case are those of a program, not of the language: `layerStatement`, `NumberLiteral`.
  /(?<![\w`])(?:[a-z]+[a-z0-9]*[A-Z]|[A-Z][a-z]+[A-Z])\w*/,
];

/** Words with capitals inside that people use. */
const proper = /\b(?:kHz|dB|CIFAR|PyTorch|JavaScript|GitHub|ImageNet|UTKFace|NaN or infinite)\b/g;

/** Everything of ours in a diagnostic, without what it quotes from the file. */
function ownWords({ message, at, secondary, notes, helps }: Diagnostic): string {
  const texts = [
    message,
    ...(at !== null && "span" in at ? [at.text] : []),
    ...secondary.map((label) => label.text),
    ...notes,
    ...helps.map((help) => help.text),
  ];
  return texts
    .join("\n")
    .replace(/`[^`\n]*`/g, "`…`")
    .replace(proper, "");
}

function leaks(name: string, text: string): string[] {
  const { diagnostics } = compile(new SourceFile(name, text));
  return diagnostics.flatMap((diagnostic) => {
    const words = ownWords(diagnostic);
    // What a file says itself may be repeated, quoted or not.
    const found = internal.map((pattern) => pattern.exec(words)?.[0]).filter((match) => match !== undefined);
    return found
      .filter((match) => !text.includes(match))
      .map((match) => `${diagnostic.code} says ${JSON.stringify(match)} in: ${words}`);
  });
}

/** Every form must be able to say it. */
function renderAll(name: string, text: string): void {
  const { diagnostics } = compile(new SourceFile(name, text));
  const shown = [
    renderText(diagnostics, { color: false, width: 60 }),
    renderJson(diagnostics, []),
    renderGithub(diagnostics),
    renderSarif(diagnostics, { version: "0", codes }),
  ];
  for (const each of shown) expect(each).not.toMatch(/(?!\n)\p{Cc}/u);
}

const pool = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ",",
  ":",
  "->",
  "|>",
  "..",
  "**",
  "*",
  "?",
  "==",
  "<",
  "%",
  "-",
  ".",
  "\n",
  "#",
  '"',
  "\\",
  "0",
  "1e999",
  "-1",
  "1.5",
  "99999999999",
  "true",
  "in",
  "from",
  "repeat",
  "residual",
  "shortcut",
  "when",
  "until",
  "every",
  "return",
  "input",
  "lerac",
  "model",
  "train",
  "block",
  "epochs",
  "min",
  "px",
  "dB",
  "constructor",
  "toString",
  "__proto__",
  "hasOwnProperty",
  "stem",
  "conv2d",
  "dense",
  "\u0000",
  "\u202e",
  "é",
  "👩‍🔬",
];

/** A text with a few of its tokens dropped, doubled, exchanged or replaced. */
function mutate(text: string, random: RandomStream): string {
  const tokens = text.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const edits = 1 + random.below(3);
  for (let i = 0; i < edits && tokens.length > 1; i++) {
    const at = random.below(tokens.length);
    const other = random.below(tokens.length);
    const word = pool[random.below(pool.length)] ?? "";
    switch (random.below(5)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens.splice(at, 0, tokens[at] ?? "");
        break;
      case 2:
        tokens.splice(at, 1, tokens[other] ?? "");
        break;
      case 3:
        tokens.splice(at, 1, word);
        break;
      default:
        tokens.splice(at, 0, word);
    }
  }
  return tokens.join("");
}

describe("no internal name reaches anybody", () => {
  // What is there to show the limits takes its time, and says nothing new.
  const texts = new Map([...corpus()].filter(([name]) => !name.includes("limits")));

  it("in anything said of the corpus", () => {
    expect([...texts].flatMap(([name, text]) => leaks(name, text))).toEqual([]);
  });

  it("in anything said of 2,000 mutations of it", () => {
    const random = new RandomSource({ seed: 1, address: "corpus", purpose: "mutation" });
    const all = [...texts].filter(([, text]) => text.length < 2000);
    const found: string[] = [];
    for (let i = 0; i < 2000; i++) {
      const [name, text] = all[i % all.length] as (typeof all)[number];
      const mutated = mutate(text, random.at(i));
      if (i % 20 === 0) renderAll(name, mutated);
      for (const leak of leaks(name, mutated)) found.push(`${name}, mutation ${i}: ${leak}`);
    }
    expect(found.slice(0, 20)).toEqual([]);
  });

  it("would be found", () => {
    const fake = (message: string) => internal.some((pattern) => pattern.test(message));
    expect(fake("Expecting token of type --> RCURLY <-- but found EOF")).toBe(true);
    expect(fake("a layerStatement is needed")).toBe(true);
    expect(fake("`…` needs a whole number, not undefined")).toBe(true);
    expect(fake("at /program/train must NOT have additional properties")).toBe(true);
    expect(fake("the learning rate at step 3 is 0.1, in kHz".replace(proper, ""))).toBe(false);
  });
});
