import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { codes } from "../../src/check/codes.js";
import {
  diagnosticsSchema,
  error,
  renderGithub,
  renderJson,
  renderSarif,
  SourceFile,
  warning,
} from "../../src/diagnostics/index.js";

const source = new SourceFile("specs/my nets/ä.lerac", "lerac 1\nbatch_nrom\nhead: dense(100)\nmodel {\n}\n");
const span = (text: string) => {
  const start = source.text.indexOf(text);
  return { source, start, end: start + text.length };
};

const found = [
  error("L0201", "there is no layer called `batch_nrom`", {
    at: { span: span("batch_nrom"), text: "not an operator, or a block" },
    helps: [
      {
        text: "did you mean `batch_norm`?",
        edits: [{ span: span("batch_nrom"), replacement: "batch_norm" }],
      },
    ],
  }),
  error("L0236", "100% wrong: 100 outputs, 10 classes", {
    at: { span: span("100"), text: "" },
    secondary: [{ span: span("head"), text: "this layer" }],
    notes: ["a note"],
  }),
  warning("L0227", "over two lines", { at: { span: span("model {\n}"), text: "all of it" } }),
  error("L0005", "x.lerac can't be read", { at: { place: "x.lerac" } }),
  error("L0719", "without a place"),
];

describe("json", () => {
  const document = JSON.parse(renderJson(found, [{ file: "specs/my nets/ä.lerac", ok: false }]));

  it("is valid against its own schema", () => {
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(diagnosticsSchema);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    const empty = JSON.parse(renderJson([], []));
    expect(validate(empty)).toBe(true);
    expect(validate({ ...document, diagnostics: [{ code: "L02" }] })).toBe(false);
  });

  it("has every diagnostic, with places a machine can use", () => {
    expect(document).toMatchObject({ format: "lerac diagnostics 1", errors: 4, warnings: 1 });
    const [first] = document.diagnostics;
    expect(first.at).toEqual({
      file: "specs/my nets/ä.lerac",
      line: 2,
      column: 1,
      end_line: 2,
      end_column: 11,
      offset: 8,
      end_offset: 18,
      label: "not an operator, or a block",
    });
    const [edit] = first.helps[0].edits;
    expect(source.text.slice(edit.offset, edit.end_offset)).toBe("batch_nrom");
    expect(edit.replacement).toBe("batch_norm");
    expect(document.diagnostics.map((d: { place: string | null }) => d.place)).toEqual([
      null,
      null,
      null,
      "x.lerac",
      null,
    ]);
  });
});

describe("sarif", () => {
  const log = JSON.parse(renderSarif(found, { version: "0.1.0", codes }));
  const schema = JSON.parse(readFileSync(new URL("sarif/sarif-2.1.0.trimmed.json", import.meta.url), "utf8"));
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

  it("is valid against the schema of SARIF 2.1.0", () => {
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(JSON.parse(renderSarif([], { version: "0.1.0", codes })))).toBe(true);
    const broken = structuredClone(log);
    broken.runs[0].results[0].level = "fatal";
    expect(validate(broken)).toBe(false);
  });

  it("names rules, regions, related places and fixes", () => {
    const [run] = log.runs;
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      "L0005",
      "L0201",
      "L0227",
      "L0236",
      "L0719",
    ]);
    const [first, second, third] = run.results;
    expect(run.tool.driver.rules[first.ruleIndex].id).toBe("L0201");
    expect(first.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "specs/my%20nets/%C3%A4.lerac" },
      region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 11 },
    });
    expect(first.fixes[0].artifactChanges[0].replacements).toEqual([
      { deletedRegion: { charOffset: 8, charLength: 10 }, insertedContent: { text: "batch_norm" } },
    ]);
    expect(second.relatedLocations[0].message.text).toBe("this layer");
    expect(third.level).toBe("warning");
  });

  it("writes absolute paths as file addresses", () => {
    const uri = (name: string) => {
      const at = { span: { source: new SourceFile(name, "x"), start: 0, end: 1 }, text: "" };
      const text = renderSarif([error("L0201", "m", { at })], { version: "0.1.0", codes });
      return JSON.parse(text).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri;
    };
    expect(uri("/home/a b/x.lerac")).toBe("file:///home/a%20b/x.lerac");
    expect(uri("C:/specs/x.lerac")).toBe("file:///C:/specs/x.lerac");
    expect(uri("<stdin>")).toBe("%3Cstdin%3E");
    expect(uri("odd\ud800.lerac")).toBe("odd%EF%BF%BD.lerac");
  });
});

describe("github", () => {
  const lines = renderGithub(found).trimEnd().split("\n");

  it("is one workflow command a diagnostic", () => {
    expect(lines).toHaveLength(found.length);
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^\n]*::/);
    expect(lines[0]).toBe(
      "::error file=specs/my nets/ä.lerac,line=2,endLine=2,col=1,endColumn=11," +
        "title=L0201%3A there is no layer called `batch_nrom`::not an operator, or a block" +
        "%0Ahelp: did you mean `batch_norm`?%0Amore: lerac explain L0201",
    );
  });

  it("escapes what has a meaning in commands", () => {
    expect(lines[1]).toContain("title=L0236%3A 100%25 wrong%3A 100 outputs%2C 10 classes::");
    expect(lines[2]).toContain("line=4,endLine=5,title=");
    const evil = renderGithub([error("L0101", "a\n::error::b\r\u001b[0m,x:y")]);
    expect(evil.split("\n")).toHaveLength(2);
    expect(evil).not.toContain("\r");
  });

  it("leaves out a place there is none of", () => {
    expect(lines[4]).toMatch(/^::error title=L0719/);
  });
});
