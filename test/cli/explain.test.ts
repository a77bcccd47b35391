import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reservedWords, sectionTokens } from "../../grammar/tokens.js";
import { codes } from "../../src/check/codes.js";
import { compile } from "../../src/check/index.js";
import { errorPages } from "../../src/cli/docs/error-pages.js";
import { allTopics, findTopics } from "../../src/cli/explain/find.js";
import { exitTable } from "../../src/diagnostics/exit-table.js";
import { exitCodes, LeracError, SourceFile } from "../../src/diagnostics/index.js";
import { operators } from "../../src/language/operators/index.js";
import { units } from "../../src/language/units.js";
import { valueWords } from "../../src/language/value-words.js";
import { words } from "../../src/language/words.js";
import { allSettings as settings } from "../../src/plan/setting-docs.js";
import { format } from "../../src/syntax/format/index.js";
import { parse } from "../../src/syntax/index.js";

const text = (word: string) => findTopics(word).map((topic) => topic.text().join("\n"));

describe("explain", () => {
  it("knows every code, operator, unit and setting", () => {
    for (const name of [...codes.keys(), ...operators.keys(), ...units.flatMap((unit) => unit.spellings)]) {
      expect(findTopics(name).length, name).toBeGreaterThan(0);
    }
    for (const { name, section } of settings) {
      expect(
        findTopics(name).map(({ kind }) => kind),
        name,
      ).toContain(`setting of ${section}`);
    }
  });

  it("knows every word with a place in the grammar, by an example that can be read", () => {
    const known = new Set(words.map(({ name }) => name));
    // Settings are told of as such.
    const notThings = ["every", "until"];
    for (const { name, aliases } of valueWords) for (const each of [name, ...aliases]) known.add(each);
    const wanted = [...sectionTokens.map(({ PATTERN }) => PATTERN as string), ...reservedWords];
    expect(wanted.filter((name) => !known.has(name) && !notThings.includes(name))).toEqual([]);
    for (const word of [...words, ...valueWords]) {
      const { name, kind, doc, example } = word;
      expect(findTopics(name).some((topic) => topic.kind === kind)).toBe(true);
      expect(doc, name).toMatch(/^[A-Z].*\.$/);
      if (kind !== "idea") {
        const names = "aliases" in word ? [name, ...word.aliases] : [name];
        expect(example, name).toMatch(new RegExp(`\\b(${names.join("|")})\\b`));
      }
      const source = new SourceFile(`${name}.lerac`, `lerac 1\n\n${example}\n`);
      expect(parse(source).diagnostics, name).toEqual([]);
      expect(format(source).text, name).toBe(source.text);
    }
  });

  it("knows families of codes, and words in other spellings", () => {
    expect(text("L08")[0]).toContain("\nL0804   ");
    expect(text("l02")[0]).toContain("L0201   ");
    expect(text("warm-up")).toEqual(text("warmup"));
    expect(text("Conv2D")).toEqual(text("conv2d"));
    expect(text("lint: allow")[0]).toContain("# lint: allow test_selection");
  });

  it("knows the modules of std and their blocks, with their source", () => {
    expect(text("std.transformer")[0]).toMatch(
      /^std\.transformer {3}module\n\nTransformer layers over sequences/,
    );
    const [shown = ""] = text("transformer.layer");
    expect(shown).toContain("An encoder layer as published: each sum is normalised.\n");
    expect(shown).toContain("called as   transformer.layer, behind `import std.transformer`");
    expect(shown).toContain("\n  block layer(heads, expansion = 4, drop = 0.1) {\n    attend: residual {\n");
    expect(text("layer")).toHaveLength(2);
  });

  it("knows arguments by what they are arguments of", () => {
    const [shown = ""] = text("stride");
    expect(shown).toMatch(/operator +count +conv2d, depthwise_conv2d,/);
    expect(shown).toContain("distance at which neighbouring places");
  });

  it("tells a code with both examples and what check says of the wrong one", () => {
    const [shown = ""] = text("l0212");
    expect(shown).toMatch(/^error\[L0212\]: a value has the wrong unit/);
    expect(shown).toContain("  error[L0212]: `until` needs epochs or steps, not minutes\n");
    expect(shown).toMatch(/Right\n {2}lerac 1\n\n {2}curriculum lerac \{\n {4}rates/);
  });

  it("shows line numbers that are those of the example", () => {
    const [shown = ""] = text("L0212");
    const number = Number(/example\.lerac:(\d+):/.exec(shown)?.[1]);
    const example = shown.slice(shown.indexOf("Wrong\n") + 6).split("\n");
    expect(example[number - 1]?.trim()).toBe("until  10 min");
  });

  it("tells an operator with its signature and every argument", () => {
    const [shown = ""] = text("conv2d");
    expect(shown).toContain("conv2d(filters, size, stride: 1");
    for (const name of Object.keys(operators.get("conv2d")?.arguments ?? {})) {
      expect(shown).toMatch(new RegExp(`^ {2}${name} +\\w+`, "m"));
    }
  });

  it("tells everything that has a name", () => {
    expect(text("mae").map((shown) => shown.split("\n")[0])).toEqual(["mae   loss", "mae   metric"]);
  });

  it("fits 80 columns and says nothing of the inside", () => {
    for (const topic of allTopics()) {
      const shown = topic.text().join("\n");
      expect(shown, topic.name).not.toMatch(/undefined|\[object|=>|function \(/);
      if (topic.kind !== "code") {
        expect(shown, topic.name).not.toContain("NaN");
        for (const line of topic.text()) expect(line.length, line).toBeLessThanOrEqual(100);
      }
      expect(() => JSON.parse(JSON.stringify(topic.json()))).not.toThrow();
    }
  });

  it("tells a lint by the name that waivers give it", () => {
    const [shown = ""] = text("unused_param");
    expect(shown).toContain("# lint: allow unused_param, REASON");
    expect(shown).toContain("lerac explain L0803");
  });

  it("offers what is near, with exit 2", () => {
    try {
      findTopics("conv2");
      expect.unreachable();
    } catch (thrown) {
      const { exitCode, diagnostics } = thrown as LeracError;
      expect(thrown).toBeInstanceOf(LeracError);
      expect(exitCode).toBe(exitCodes.usage);
      expect(diagnostics[0]?.helps[0]?.text).toContain("`conv2d`");
    }
  });

  it("has a meaning for every exit code", () => {
    expect(exitTable.map(({ exit }) => exit)).toEqual(Object.values(exitCodes));
  });
});

describe("settings", () => {
  /** What the checker itself knows, in the words of its message about an unknown one. */
  function known(head: string): string[] {
    const source = new SourceFile("a.lerac", `lerac 1\n\n${head} {\n  qqqqqqqqqqqqqqqq  1\n}\n`);
    const found = compile(source).diagnostics.find(({ code }) => code === "L0215");
    const note = found?.notes.find((text) => text.startsWith("its settings are ")) ?? "";
    return note.replace("its settings are ", "").split(", ");
  }

  it.each([
    ["experiment", 'experiment "x"'],
    ["dataset", "dataset x"],
    ["curriculum lerac", "curriculum lerac"],
    ["train", "train"],
  ])("of %s are explained, all that the checker knows", (section, head) => {
    const explained = settings.filter((setting) => setting.section === section).map(({ name }) => name);
    expect(known(head).filter((name) => !explained.includes(name))).toEqual([]);
  });
});

describe("docs/errors", () => {
  const pages = errorPages();

  it("is what the codes give (node scripts/generate-docs.mjs writes it)", () => {
    for (const [path, page] of pages) expect(readFileSync(`docs/${path}`, "utf8"), path).toBe(page);
    const files = readdirSync("docs/errors").map((file) => `errors/${file}`);
    expect(files.sort()).toEqual([...pages.keys()].sort());
  });

  it("has every code, with both examples", () => {
    const all = [...pages.values()].join("\n");
    for (const code of codes.keys()) expect(all).toContain(`## ${code}\n`);
    expect(all.match(/^Wrong:$/gm)).toHaveLength(codes.size);
    expect(all.match(/^Right:$/gm)).toHaveLength(codes.size);
  });
});
