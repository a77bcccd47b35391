import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { type Diagnostic, error, renderText, SourceFile, warning } from "../../src/diagnostics/index.js";

const plain = { color: false, width: 80 };

/** A label over the nth occurrence of a text. */
function label(source: SourceFile, text: string, words: string, nth = 0) {
  let start = -1;
  for (let i = 0; i <= nth; i++) start = source.text.indexOf(text, start + 1);
  if (start === -1) throw new Error(`${text} is not in the source`);
  return { span: { source, start, end: start + text.length }, text: words };
}

function lines(count: number, text: (line: number) => string): string {
  return Array.from({ length: count }, (_, i) => text(i + 1)).join("\n");
}

describe("the frame", () => {
  it("shows labelled lines in order, and one line between rather than dots", () => {
    const source = new SourceFile("a.lerac", "one\ntwo\nthree\nfour\nfive\nsix");
    const found = error("L0212", "what", {
      at: label(source, "three", "here"),
      secondary: [label(source, "one", "first"), label(source, "six", "last")],
      notes: ["why"],
      helps: ["do"],
    });
    expect(renderText([found], plain)).toBe(
      [
        "error[L0212]: what",
        "  --> a.lerac:3:1",
        " 1 | one",
        "   | --- first",
        " 2 | two",
        " 3 | three",
        "   | ^^^^^ here",
        "...",
        " 6 | six",
        "   | --- last",
        "   = note: why",
        "   = help: do",
        "",
      ].join("\n"),
    );
  });

  it("marks the first and the last line of a span over several", () => {
    const source = new SourceFile("a.lerac", "model {\n  a\n  b\n  c\n}\n");
    const span = { source, start: 0, end: source.text.length };
    const shown = renderText([error("L0227", "m", { at: { span, text: "all of it" } })], plain);
    expect(shown.split("\n").slice(2)).toEqual([
      " 1 | model {",
      "   | ^^^^^^^ all of it",
      "...",
      " 5 | }",
      "   | ^",
      "",
    ]);
  });

  it("gives each of several labels on one line a row of its own", () => {
    const source = new SourceFile("a.lerac", "batch 64 batch 32");
    const found = error("L0216", "twice", {
      at: label(source, "batch", "again", 1),
      secondary: [label(source, "batch", "first")],
    });
    expect(renderText([found], plain).split("\n").slice(2)).toEqual([
      " 1 | batch 64 batch 32",
      "   | ----- first",
      "   |          ^^^^^ again",
      "",
    ]);
  });

  it("names the other file of a label", () => {
    const main = new SourceFile("main.lerac", "net(3)");
    const block = new SourceFile("blocks/net.lerac", "lerac 1\nblock net { }");
    const found = error("L0206", "too many", {
      at: label(main, "3", "one too many"),
      secondary: [label(block, "net", "declared here")],
    });
    expect(renderText([found], plain).split("\n").slice(1)).toEqual([
      "  --> main.lerac:1:5",
      " 1 | net(3)",
      "   |     ^ one too many",
      "  ::: blocks/net.lerac:2:7",
      " 2 | block net { }",
      "   |       --- declared here",
      "",
    ]);
  });

  it("points behind the last character where something is missing", () => {
    const source = new SourceFile("a.lerac", "batch");
    const span = { source, start: 5, end: 5 };
    expect(renderText([error("L0110", "m", { at: { span, text: "a value" } })], plain)).toContain(
      " 1 | batch\n   |      ^ a value\n",
    );
  });

  it("shows tabs as four columns and wide characters as two", () => {
    const source = new SourceFile("a.lerac", '\tnote "日本 👩‍🔬" x');
    const row = renderText([error("L0111", "m", { at: label(source, "x", "here") })], plain).split("\n");
    const [, , text = "", marks = ""] = row;
    const column = marks.indexOf("^");
    expect(stringWidth(text.slice(0, text.lastIndexOf("x")))).toBe(column);
    expect(text.startsWith(' 1 |     note "日本 ')).toBe(true);
  });

  it("keeps a carriage return and a byte order mark out of sight", () => {
    const source = new SourceFile("a.lerac", "one\r\ntwo\r\n");
    expect(renderText([error("L0111", "m", { at: label(source, "two", "here") })], plain)).toContain(
      " 2 | two\n   | ^^^ here\n",
    );
  });
});

describe("narrow windows and long lines", () => {
  const source = new SourceFile("a.lerac", `${"a".repeat(500)} middle ${"b".repeat(500)}`);

  it.each([24, 40, 60, 80, 120])("fit %i columns", (width) => {
    const found = error("L0111", "m", {
      at: label(source, "middle", "a label of some length that says what is wrong at this place"),
      notes: ["a note that is long enough to be wrapped in every window that is not a very wide one"],
    });
    const rows = renderText([found], { color: false, width }).trimEnd().split("\n").slice(2);
    for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(Math.max(width, 32));
    const line = rows[0] ?? "";
    expect(line).toMatch(/…a* middle b*…$/);
    const marks = rows.find((row) => row.includes("^")) ?? "";
    expect(marks.indexOf("^^^^^^")).toBe(line.indexOf("middle"));
  });

  it("cost no more for a line of a million characters", () => {
    const long = new SourceFile("a.lerac", `${"x ".repeat(500_000)}end`);
    const found = error("L0111", "m", { at: label(long, "end", "here") });
    const start = performance.now();
    const shown = renderText([found], plain);
    expect(performance.now() - start).toBeLessThan(100);
    expect(shown).toMatch(/…[x ]+end\n +\| +\^\^\^ here\n$/);
  });

  it("never break what stands in back quotes", () => {
    const found = error("L0921", "m", {
      helps: ["say where it lies with `lerac run fashion.lerac --data fashion=FOLDER`, or move it there"],
    });
    const shown = renderText([found], { color: false, width: 60 });
    expect(shown).toContain("`lerac run fashion.lerac --data fashion=FOLDER`");
    expect(shown.split("\n").length).toBeGreaterThan(3);
  });
});

describe("hostile text", () => {
  it("is shown as escapes wherever it comes from", () => {
    const evil = "\u001b[2J\u202e\u200d\u0007\u061c\u{e0041}\ud800";
    const source = new SourceFile(`${evil}.lerac`, `note ${evil} end`);
    const found = error("L0101", `message ${evil}`, {
      at: label(source, "end", `label ${evil}`),
      notes: [`note ${evil}`],
      helps: [`help ${evil}`],
    });
    const shown = renderText([found], plain);
    expect(shown).not.toMatch(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
    expect(shown).toContain("\\x1b[2J\\u202e\\u200d\\x07\\u061c\\u{e0041}\\ud800");
    const [, , text = "", marks = ""] = shown.split("\n");
    expect(marks.indexOf("^")).toBe(text.lastIndexOf("end"));
  });
});

describe("colour", () => {
  const source = new SourceFile("a.lerac", "one two");
  const found = error("L0111", "m", {
    at: label(source, "two", "here"),
    secondary: [label(source, "one", "there")],
  });

  it("is on severity and carets only", () => {
    const colored = renderText([found], { color: true, width: 80 });
    expect(colored.match(/\p{Cc}\[31m\P{Cc}*\p{Cc}\[39m/gu)).toEqual([
      "\u001b[31merror[L0111]\u001b[39m",
      "\u001b[31m^^^\u001b[39m",
    ]);
  });

  it("changes nothing else", () => {
    const colored = renderText([found], { color: true, width: 80 });
    expect(colored.replace(/\p{Cc}\[\d+m/gu, "")).toBe(renderText([found], plain));
  });
});

describe("the budget", () => {
  const source = new SourceFile(
    "a.lerac",
    lines(60, (n) => `line ${n}`),
  );
  const at = (line: number) => {
    const start = source.lineStart(line);
    return { span: { source, start, end: start + 4 }, text: "here" };
  };
  const errors = (count: number, message: (n: number) => string): Diagnostic[] =>
    Array.from({ length: count }, (_, i) => error("L0203", message(i), { at: at(i + 1) }));
  const warnings = (count: number): Diagnostic[] =>
    Array.from({ length: count }, (_, i) => warning("L0801", `lint ${i}`, { at: at(i + 1) }));
  const heads = (text: string, severity: string) => text.match(new RegExp(`^${severity}`, "gm"))?.length ?? 0;

  it("shows 20 errors, and how many there are more", () => {
    const shown = renderText(
      errors(51, (n) => `message ${n}`),
      plain,
    );
    expect(heads(shown, "error")).toBe(20);
    expect(shown).toMatch(/\n… and 31 more errors \(lerac check --all\)\n$/);
  });

  it("shows 10 warnings, and none while there are more than 5 errors", () => {
    const few = renderText([...errors(5, (n) => `m ${n}`), ...warnings(14)], plain);
    expect(heads(few, "warning")).toBe(10);
    expect(few).toMatch(/… and 4 more warnings \(lerac check --all\)\n$/);
    const many = renderText([...errors(6, (n) => `m ${n}`), ...warnings(14)], plain);
    expect(heads(many, "warning")).toBe(0);
    expect(many).toMatch(/… and 14 warnings \(lerac check --all\)\n$/);
  });

  it("shows three notes and two helps", () => {
    const text = ["1", "2", "3", "4", "5"];
    const shown = renderText([error("L0203", "m", { notes: text, helps: text })], plain);
    expect(shown.match(/= note/g)).toHaveLength(3);
    expect(shown.match(/= help/g)).toHaveLength(2);
  });

  it("folds what says the same of several lines", () => {
    const shown = renderText(
      errors(8, () => "same"),
      plain,
    );
    expect(heads(shown, "error")).toBe(1);
    expect(shown).toContain("error[L0203]: same (and 7 more like it: lines 2, 3, 4, 5, 6, …)\n");
    const two = renderText(
      errors(2, () => "same"),
      plain,
    );
    expect(two).toContain("same (and 1 more like it: line 2)\n");
  });

  it("counts what is folded as shown", () => {
    const shown = renderText([...errors(8, () => "same"), ...errors(25, (n) => `other ${n}`)], plain);
    expect(heads(shown, "error")).toBe(20);
    expect(shown).toMatch(/… and 6 more errors/);
  });

  it("shows everything, each by itself, with --all", () => {
    const shown = renderText([...errors(30, () => "same"), ...warnings(12)], plain, true);
    expect(heads(shown, "error")).toBe(30);
    expect(heads(shown, "warning")).toBe(12);
    expect(shown).not.toContain("… and");
  });
});
