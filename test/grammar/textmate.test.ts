import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";
import { lexer, reservedWords, unitNames } from "../../grammar/tokens.js";
import { operators } from "../../src/language/operators/index.js";

let grammar: IGrammar;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () =>
      textmate.parseRawGrammar(readFileSync("grammar/lerac.tmLanguage.json", "utf8"), "lerac.json"),
  });
  const loaded = await registry.loadGrammar("source.lerac");
  if (loaded === null) throw new Error("the grammar is not there");
  grammar = loaded;
});

/** Every token that is not only white space, with its innermost scope. */
function scopes(text: string): { text: string; line: number; scope: string; all: string[] }[] {
  let stack = textmate.INITIAL;
  return text.split("\n").flatMap((line, i) => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens.flatMap((token) => {
      const image = line.slice(token.startIndex, token.endIndex).trim();
      const scope = token.scopes[token.scopes.length - 1] ?? "";
      return image === "" ? [] : [{ text: image, line: i + 1, scope, all: token.scopes }];
    });
  });
}

function scopeOf(text: string, image: string, occurrence = 0): string | undefined {
  return scopes(text).filter((token) => token.text === image)[occurrence]?.scope;
}

const spec = `lerac 1

import std.bert as b   # a library
param width = 32 px

dataset d {
  source  idx("a\\"b # c")
  train   split(train, first: 90%) |> noise(-30 dB)
  val     split(train, part: 0%..70%)
}

block f(filters = 3,
        bias = true) from x, y {
  conv1: conv2d(filters, 3, bias: false) from layers.*.x
         mine(2)
         relu
  join:  residual { dense(in.channels) }
  again: repeat 2 as i { conv: conv2d(i == 0 ? filters : 1) }
}

curriculum c: lerac {
  # lint: allow rising_rates, a reason
  freeze  encoder.layers.[0..5] until 2 epochs
  every   1/4 epoch
  at      [34, 64] epochs
}

expect {
  f.parameters == 10 within 2
}
`;

describe("the TextMate grammar", () => {
  it.each([
    ["lerac", 0, "keyword.control.version.lerac"],
    ["import", 0, "keyword.control.import.lerac"],
    ["std.bert", 0, "entity.name.namespace.lerac"],
    ["param", 0, "keyword.declaration.section.lerac"],
    ["dataset", 0, "keyword.declaration.section.lerac"],
    ["d", 0, "entity.name.type.section.lerac"],
    ["source", 0, "support.type.property-name.lerac"],
    ["idx", 0, "entity.name.function.lerac"],
    ["train", 0, "support.type.property-name.lerac"],
    ["train", 1, "variable.other.lerac"],
    ["first", 0, "variable.parameter.lerac"],
    ["90", 0, "constant.numeric.lerac"],
    ["%", 0, "keyword.other.unit.lerac"],
    ["70", 0, "constant.numeric.lerac"],
    ["dB", 0, "keyword.other.unit.lerac"],
    ["|>", 0, "keyword.operator.pipe.lerac"],
    ["true", 0, "constant.language.lerac"],
    ["conv1", 0, "entity.name.label.lerac"],
    ["conv2d", 0, "support.function.operator.lerac"],
    ["mine", 0, "entity.name.function.lerac"],
    ["relu", 0, "support.function.operator.lerac"],
    ["from", 1, "keyword.control.lerac"],
    ["layers.*.x", 0, "variable.other.address.lerac"],
    ["residual", 0, "keyword.control.flow.lerac"],
    ["repeat", 0, "keyword.control.flow.lerac"],
    ["conv", 0, "entity.name.label.lerac"],
    ["i", 1, "variable.other.lerac"],
    ["curriculum", 0, "keyword.declaration.section.lerac"],
    ["lerac", 1, "entity.name.type.kind.lerac"],
    ["rising_rates", 0, "entity.name.tag.lint.lerac"],
    ["encoder.layers.[0..5]", 0, "variable.other.address.lerac"],
    ["until", 0, "keyword.control.clause.lerac"],
    ["at", 0, "support.type.property-name.lerac"],
    ["epochs", 0, "keyword.other.unit.lerac"],
    ["epoch", 0, "keyword.other.unit.lerac"],
    ["epochs", 1, "keyword.other.unit.lerac"],
    ["expect", 0, "keyword.declaration.section.lerac"],
    ["within", 0, "keyword.control.claim.lerac"],
  ])("%s (%i) is %s", (image, occurrence, scope) => {
    expect(scopeOf(spec, image, occurrence)).toBe(scope);
  });

  it("a comment sign inside a string is text", () => {
    const string = scopes(spec).filter((token) => token.all.includes("string.quoted.double.lerac"));
    expect(string.map((token) => token.text).join("")).toBe('"a\\"b # c"');
  });

  it("an unfinished section does not colour what follows it as its own", () => {
    expect(scopeOf('experiment "x" {\n}\n\nmodel m {\n  a: dense(1)\n}\n', "a")).toBe(
      "entity.name.label.lerac",
    );
  });

  it("knows every operator, unit and word of the language", () => {
    for (const name of operators.keys()) {
      expect(scopeOf(`model m {\n  ${name}(1)\n}\n`, name)).toBe("support.function.operator.lerac");
    }
    for (const unit of unitNames) {
      expect(scopeOf(`train {\n  x  5 ${unit}\n}\n`, unit)).toBe("keyword.other.unit.lerac");
    }
    const text = readFileSync("grammar/lerac.tmLanguage.json", "utf8");
    for (const word of reservedWords) expect(text).toMatch(new RegExp(`\\b${word}\\b`));
  });

  const files = ["examples", "specs"].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".lerac"))
      .map((name) => `${folder}/${name}`),
  );

  it.each(files)("agrees with the lexer on %s", (file) => {
    const text = readFileSync(file, "utf8");
    const found = scopes(text);
    const kinds = (prefix: string) =>
      found.filter((token) => token.all.some((scope) => scope.startsWith(prefix)));
    const { tokens, groups } = lexer.tokenize(text);
    const comments = (groups.comments ?? []).map(
      (token) => text.slice(0, token.startOffset).split("\n").length,
    );
    expect([...new Set(kinds("comment.").map((token) => token.line))]).toEqual(comments);
    const strings = tokens.filter((token) => token.tokenType.name === "StringLiteral");
    expect(
      kinds("string.")
        .map((token) => token.text)
        .join(""),
    ).toBe(strings.map((token) => token.image).join(""));
    const numbers = tokens.filter((token) => token.tokenType.name === "NumberLiteral");
    const shown = kinds("constant.numeric").map((token) => token.text);
    // Those inside `layers.[0..5]` are coloured as part of the address.
    const outside = numbers.filter((token) => !/\.\[[0-9. ]*$/.test(text.slice(0, token.startOffset)));
    expect(shown).toEqual(outside.map((token) => token.image));
    expect(kinds("invalid")).toEqual([]);
  });
});
