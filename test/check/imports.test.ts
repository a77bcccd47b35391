import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compile, fileLoader } from "../../src/check/index.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import { compileText, faults, specOf } from "./compile-text.js";

const nets = `lerac 1

block nets(units = 16) {
  fc: dense(units)
      relu
}

block deep(n = 2) {
  parts: repeat n { nets(8) }
}

param width = 3
model head(outputs = 10, size = 28) {
  input  image(size, size, 1)
  flat:  flatten
  parts: deep
  head:  dense(outputs)
}

model wide {
  input  image(28, 28, 1)
  flat:  flatten
  head:  dense(width)
}

dataset hidden {
  source   idx("data")
  classes  10
  train    split(train)
}
`;

/** A spec with one import whose model calls a block of it. */
function calling(call: string, importLine = 'import "nets.lerac"'): string {
  return specOf({
    imports: importLine,
    model: `model net {\n  input  image(28, 28, 1)\n  flat:  flatten\n  body:  ${call}\n  head:  dense(10)\n}`,
  });
}

function training(model: string, imports = 'import "nets.lerac"', files = { "nets.lerac": nets }) {
  const train = `  model      ${model}\n  loss       cross_entropy\n  optimizer  sgd(rate: 0.1)`;
  return compileText(specOf({ imports, train }), files);
}

describe("what an import makes visible", () => {
  test.each([
    ["nets.deep(3)", 'import "nets.lerac"', ["body.parts.0.fc", "body.parts.1.fc", "body.parts.2.fc"]],
    ["nets(4)", 'import "nets.lerac"', ["body.fc"]],
    ["n.deep", 'import "nets.lerac" as n', ["body.parts.0.fc", "body.parts.1.fc"]],
    ["n(4)", 'import "nets.lerac" as n', ["body.fc"]],
  ])("%s of %s", (call, importLine, expected) => {
    const { program } = compileText(calling(call, importLine), { "nets.lerac": nets });
    const owners = program?.model.layers.filter((l) => l.tensors.length > 0).map((l) => l.address);
    expect(owners).toEqual([...expected, "head"]);
  });

  test("a model is trained and counted under its own name", () => {
    const compiled = training("nets.head(size: 28)");
    expect(faults(compiled)).toEqual([]);
    expect(compiled.program?.model.name).toBe("head");
    // 784 x 8 + 8, 8 x 8 + 8, 8 x 10 + 10
    expect(compiled.program?.model.parameters).toBe(6280 + 72 + 90);
    expect(compiled.models.map((model) => model.name)).toContain("head");
    expect(compiled.imports).toEqual([{ name: "nets.lerac", text: nets }]);
  });

  test.each([
    ["nets.deap(3)", "L0241 deap", "did you mean `deep`?"],
    ["nest.deep(3)", "L0241 nest", "did you mean `nets`?"],
    ["nets.head", "L0242 head", undefined],
    ["nets.hidden", "L0242 hidden", undefined],
    ["nets.deep.fc", "L0241 fc", undefined],
  ])("%s is not there", (call, fault, help) => {
    const compiled = compileText(calling(call), { "nets.lerac": nets });
    expect(faults(compiled)).toEqual([fault]);
    expect(compiled.diagnostics[0]?.helps[0]?.text).toBe(help ?? compiled.diagnostics[0]?.helps[0]?.text);
  });

  test("a block of the file's own name is what the bare name stands for", () => {
    const compiled = compileText(calling("body(3)", 'import "parts.lerac" as body'), {
      "parts.lerac": "lerac 1\n\nblock other {\n  relu\n}\n",
    });
    expect(faults(compiled)).toEqual(["L0241 body"]);
    expect(compiled.diagnostics[0]?.helps[0]?.text).toBe("write `body.other`");
  });

  test("a model that uses its file's params can't be imported", () => {
    const compiled = training("nets.wide");
    expect(faults(compiled)).toContain("L0243 nets.wide");
    expect(compiled.diagnostics[0]?.message).toContain("param width");
  });

  test("a mistyped model is suggested by its full name", () => {
    expect(training("nets.haed").diagnostics[0]?.helps[0]?.text).toBe("did you mean `head`?");
  });

  test("blocks of one name in two files are two blocks", () => {
    const inner = "lerac 1\n\nblock cell {\n  dense(5)\n}\n";
    const outer = 'lerac 1\nimport "inner.lerac"\n\nblock cell {\n  cell: inner.cell\n}\n';
    const compiled = compileText(calling("outer.cell", 'import "outer.lerac"'), {
      "outer.lerac": outer,
      "inner.lerac": inner,
    });
    expect(faults(compiled)).toEqual([]);
  });
});

describe("what can be wrong with an import", () => {
  const one = (line: string, files: Readonly<Record<string, string>> = { "nets.lerac": nets }) =>
    faults(compileText(`lerac 1\n${line}\n`, files));

  test.each([
    ['import "gone.lerac"', 'L0010 "gone.lerac"'],
    ['import "/etc/nets.lerac"', 'L0011 "/etc/nets.lerac"'],
    ['import "C:/nets.lerac"', 'L0011 "C:/nets.lerac"'],
    ['import "https://example.org/nets.lerac"', 'L0011 "https://example.org/nets.lerac"'],
    ['import "a\\\\nets.lerac"', 'L0011 "a\\\\nets.lerac"'],
    ['import "nets"', 'L0011 "nets"'],
    ['import ""', 'L0011 ""'],
    ['import "../nets.lerac"', 'L0012 "../nets.lerac"'],
    ["import std.nets", "L0015 nets"],
    ["import torch.nets", "L0015 torch.nets"],
    ['import "nets.lerac"\nimport "nets.lerac"', 'L0220 "nets.lerac"'],
    ['import "nets.lerac" as dense', "L0220 dense"],
    ['import "nets.lerac"\nblock nets {\n  relu\n}', 'L0220 "nets.lerac"'],
  ])("%s", (line, fault) => {
    expect(one(line)).toEqual([fault]);
  });

  test("a file whose name is no name needs one", () => {
    const compiled = compileText('lerac 1\nimport "wrn-52-2.lerac"\n', { "wrn-52-2.lerac": "lerac 1\n" });
    expect(faults(compiled)).toEqual(['L0016 "wrn-52-2.lerac"']);
    expect(compiled.diagnostics[0]?.helps[0]?.text).toBe("add `as wrn_52_2`");
  });

  test("cycles are named in full", () => {
    const compiled = compileText('lerac 1\nimport "a.lerac"\n', {
      "a.lerac": 'lerac 1\nimport "b.lerac"\n',
      "b.lerac": 'lerac 1\nimport "a.lerac"\n',
    });
    expect(faults(compiled)).toEqual(['L0013 "a.lerac"']);
    const [found] = compiled.diagnostics;
    expect(found?.at).toMatchObject({
      text: "a.lerac -> b.lerac -> a.lerac",
      span: { source: { name: "b.lerac" } },
    });
  });

  test("a file is read once, however often it is imported", () => {
    const compiled = compileText('lerac 1\nimport "a.lerac"\nimport "b.lerac"\n', {
      "a.lerac": 'lerac 1\nimport "c.lerac"\n',
      "b.lerac": 'lerac 1\nimport "c.lerac"\n',
      "c.lerac": "lerac 1\n",
    });
    expect(faults(compiled)).toEqual([]);
    expect(compiled.imports.map((file) => file.name)).toEqual(["a.lerac", "c.lerac", "b.lerac"]);
  });

  test("limits: depth, files and characters together", () => {
    const chain = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`f${i}.lerac`, `lerac 1\nimport "f${i + 1}.lerac"\n`]),
    );
    expect(one('import "f0.lerac"', { ...chain, "f12.lerac": "lerac 1\n" })).toEqual(['L0014 "f8.lerac"']);
    const many = Array.from({ length: 70 }, (_, i) => `import "g${i}.lerac"`).join("\n");
    const files = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`g${i}.lerac`, "lerac 1\n"]));
    expect(one(many, files)).toEqual(['L0014 "g63.lerac"']);
    const large = `lerac 1\n# ${"x".repeat(1_000_000)}\n`;
    const big = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`h${i}.lerac`, large]));
    const lines = Object.keys(big).map((file) => `import "${file}"`);
    expect(one(lines.join("\n"), big)).toEqual(['L0014 "h4.lerac"']);
  });

  test("mistakes of syntax in both files come in one pass, each in its own file", () => {
    const compiled = compileText('lerac 1\nimport "broken.lerac"\n\nmodel net {\n  dense(\n}\n', {
      "broken.lerac": "lerac 1\n\nblock cell {\n  dense(10\n}\n",
    });
    const files = compiled.diagnostics.map((d) =>
      d.at !== null && "span" in d.at ? d.at.span.source.name : "",
    );
    expect(new Set(files)).toEqual(new Set(["main.lerac", "broken.lerac"]));
  });

  test("what hangs on a failed import is silent", () => {
    expect(faults(compileText(calling("nets.deep(3)"), {}))).toEqual(['L0010 "nets.lerac"']);
    expect(faults(training("nets.head", 'import "gone.lerac" as nets'))).toEqual(['L0010 "gone.lerac"']);
  });

  test("a mistake in an imported block is shown where it stands", () => {
    const compiled = compileText(calling("nets.deep"), { "nets.lerac": nets.replace("relu", "rleu") });
    expect(faults(compiled)).toEqual(["L0201 rleu"]);
    expect(compiled.diagnostics[0]?.at).toMatchObject({ span: { source: { name: "nets.lerac" } } });
  });
});

describe("imports from disk", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lerac-imports-"));
    mkdirSync(join(folder, "project", "specs"), { recursive: true });
    mkdirSync(join(folder, "project", "nets"));
    writeFileSync(join(folder, "outside.lerac"), "lerac 1\n");
    writeFileSync(join(folder, "project", "nets", "nets.lerac"), nets);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const check = (line: string) => {
    const main = join(folder, "project", "specs", "main.lerac");
    return compile(new SourceFile("main.lerac", `lerac 1\n${line}\n`), { loader: fileLoader(main) });
  };

  test("without a project, the folder of the main file is the border", () => {
    expect(faults(check('import "../nets/nets.lerac"'))).toEqual(['L0012 "../nets/nets.lerac"']);
  });

  test("inside a project, any of its folders", () => {
    writeFileSync(join(folder, "project", "package.json"), "{}");
    const compiled = check('import "../nets/nets.lerac"');
    expect(faults(compiled)).toEqual([]);
    expect(compiled.imports.map((file) => file.name)).toEqual(["nets/nets.lerac"]);
    expect(faults(check('import "../../outside.lerac"'))).toEqual(['L0012 "../../outside.lerac"']);
  });

  test("links don't lead out", () => {
    symlinkSync(join(folder, "outside.lerac"), join(folder, "project", "specs", "link.lerac"));
    expect(faults(check('import "link.lerac"'))).toEqual(['L0012 "link.lerac"']);
  });

  test("folders, other encodings and missing files are told apart", () => {
    mkdirSync(join(folder, "project", "specs", "folder.lerac"));
    writeFileSync(join(folder, "project", "specs", "latin.lerac"), Buffer.from([0x6c, 0xe9, 0x0a]));
    const messages = ["folder", "latin", "none"].map(
      (name) => check(`import "${name}.lerac"`).diagnostics[0]?.message,
    );
    expect(messages).toEqual([
      "`folder.lerac` can't be imported: it is not a file",
      "`latin.lerac` can't be imported: it is not text in UTF-8",
      "`none.lerac` can't be imported: there is no such file",
    ]);
  });

  test("`std` comes with the package and can't be reached around", () => {
    const compiled = check("import std.bert");
    expect(faults(compiled)).toEqual([]);
    expect(compiled.imports.map((file) => file.name)).toEqual(["std/bert.lerac"]);
    const slip = check("import std.brt");
    expect(slip.diagnostics[0]?.helps[0]?.text).toBe("did you mean `std.bert`?");
  });
});
