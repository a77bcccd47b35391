import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { LeracParser } from "../../grammar/parser.js";
import { reservedWords, sectionTokens } from "../../grammar/tokens.js";
import { transpiled } from "../harness/transpiled.js";

describe("what is made from the grammar", () => {
  it("is what the grammar gives", () => {
    const entry = transpiled("test/grammar/sources.ts");
    const dist = path.resolve(path.dirname(entry), "../..");
    const result = spawnSync(process.execPath, ["scripts/generate-grammar.mjs", "--check", "--dist", dist], {
      encoding: "utf8",
    });
    expect(result.stderr).toBe("");
    expect(result.status).toBe(0);
  });

  it("says so when a file is stale, and writes it without --check", () => {
    const entry = transpiled("test/grammar/sources.ts");
    const dist = path.resolve(path.dirname(entry), "../..");
    // The script finds the artifacts by its own place: beside a copy there are none.
    cpSync("scripts", path.join(dist, "scripts"), { recursive: true });
    const run = (...flags: string[]) =>
      spawnSync(
        process.execPath,
        [path.join(dist, "scripts/generate-grammar.mjs"), "--dist", dist, ...flags],
        { encoding: "utf8" },
      );
    const stale = run("--check");
    expect(stale.stderr).toContain("grammar/lerac.ebnf is not what the grammar gives");
    expect(stale.status).toBe(1);
    expect(run().stdout).toBe("grammar/lerac.ebnf\ngrammar/diagrams.html\ngrammar/lerac.tmLanguage.json\n");
    expect(run("--check").status).toBe(0);
  });

  it("the EBNF has every rule of the parser, and names no rule that it lacks", () => {
    const text = readFileSync("grammar/lerac.ebnf", "utf8").replace(/\(\*[\s\S]*?\*\)/g, "");
    const parser = new LeracParser(
      {
        buildMismatchTokenMessage: () => "",
        buildNotAllInputParsedMessage: () => "",
        buildNoViableAltMessage: () => "",
        buildEarlyExitMessage: () => "",
      },
      true,
      true,
    );
    const defined = [...text.matchAll(/^([a-z_]+) +=/gm)].map((match) => match[1]);
    expect(defined).toHaveLength(Object.keys(parser.getGAstProductions()).length);
    const bodies = text.split(/^NAME/m)[0]?.replace(/"[^"]*"/g, "") ?? "";
    const used = [...bodies.matchAll(/\b[a-z_]+\b/g)].map((match) => match[0]);
    expect(used.filter((name) => !defined.includes(name))).toEqual([]);
  });

  it("the diagrams need nothing from elsewhere", () => {
    const html = readFileSync("grammar/diagrams.html", "utf8");
    expect(html).not.toMatch(/<script|https?:|src=|url\(|@import/);
    const ids = new Set([...html.matchAll(/<section id="([^"]+)"/g)].map((match) => match[1]));
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    expect(html).not.toContain("NaN");
  });

  it("README.md lists the words that are reserved and those of sections", () => {
    const readme = readFileSync("grammar/README.md", "utf8");
    for (const word of reservedWords) expect(readme).toContain(`\`${word}\``);
    for (const { PATTERN } of sectionTokens) expect(readme).toContain(`\`${String(PATTERN)}\``);
  });
});
