import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compile } from "../../src/check/index.js";
import { checkData } from "../../src/cli/check/data.js";
import { type Diagnostic, LeracError, renderDiagnostic, SourceFile } from "../../src/diagnostics/index.js";
import { readProgram, writeProgram } from "../../src/program/index.js";

const folder = "test/golden/diagnostics";

/** Messages that have been worked out to the character: what good ones look like. */
function golden(code: string): string {
  return readFileSync(join(folder, `${code}.txt`), "utf8");
}

function spec(name: string, shownAs: string, changes: Readonly<Record<number, string>> = {}): SourceFile {
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  for (const [line, text] of Object.entries(changes)) lines[Number(line) - 1] = text;
  return new SourceFile(shownAs, lines.join("\n"));
}

function rendered(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((d) => renderDiagnostic(d, { color: false, width: 100 })).join("\n");
}

/** Every message of a spec, so that a golden also shows that nothing follows on. */
function messages(source: SourceFile): string {
  return rendered(compile(source).diagnostics);
}

const fashion = (changes: Readonly<Record<number, string>>) =>
  spec("fashion.lerac", "fashion.lerac", changes);

describe("the worked messages", () => {
  it("have sound specs to start from", () => {
    expect(messages(fashion({}))).toBe("");
    expect(messages(spec("resnet.lerac", "resnet.lerac", { 58: "" }))).toBe("");
  });

  it("L0201: a name that is almost right", () => {
    expect(messages(fashion({ 23: "         batch_nrom" }))).toBe(golden("L0201"));
  });

  it("L0212: clock time where run time is needed", () => {
    expect(messages(fashion({ 38: "  until  10 min" }))).toBe(golden("L0212"));
  });

  it("L0231: paths of different shapes", () => {
    expect(messages(spec("residual.lerac", "specs/resnet.lerac"))).toBe(golden("L0231"));
  });

  it("L0304: data that are not there", async () => {
    const compiled = compile(fashion({}));
    const found = await checkData(compiled, join(tmpdir(), "no-such-folder", "fashion.lerac"), {});
    expect(rendered(found)).toBe(golden("L0304"));
  });

  it("L0236: outputs and classes", () => {
    const changes = { 33: "  head:  dense(100)", 61: "  cnn.parameters == 1637668" };
    expect(messages(fashion(changes))).toBe(golden("L0236"));
  });

  it("L0311: splits that share samples", () => {
    const changes = {
      12: "  train    split(train, first: 90%) |> shift(2 px)",
      13: "  val      split(train, last: 20%)",
    };
    expect(messages(fashion(changes))).toBe(golden("L0311"));
  });

  it("L0403: a selector that matches nothing", () => {
    expect(messages(spec("resnet.lerac", "specs/resnet.lerac"))).toBe(golden("L0403"));
  });

  it("L0025: more layers than anybody means", () => {
    expect(messages(spec("deep.lerac", "deep.lerac"))).toBe(golden("L0025"));
  });

  it("L0411: a curriculum that changes nothing", () => {
    const changes = { 37: "  rates  0.1 -> 0.1", 47: "  optimizer sgd(rate: 0.1, momentum: 0.9)" };
    expect(messages(fashion(changes))).toBe(golden("L0411"));
  });

  it("L0612: a probability that so few seeds can't reach", () => {
    const claim = "  lerac.test.accuracy > cbs.test.accuracy with p < 0.01";
    const source = fashion({ 4: "  seeds 1..5", 64: `${claim}\n}` });
    expect(messages(source)).toBe(golden("L0612"));
  });

  it("L0421: a rate drop inside the curriculum", () => {
    const changes = {
      38: "  until  5 epochs",
      48: "  schedule  multistep(at: [3, 20] epochs, factor: 0.1)",
    };
    expect(messages(fashion(changes))).toBe(golden("L0421"));
  });

  describe("of a program", () => {
    const temporary = mkdtempSync(join(tmpdir(), "lerac-worked-"));
    afterAll(() => rmSync(temporary, { recursive: true, force: true }));

    it("L0701: changed after it was compiled", () => {
      const { program } = compile(fashion({}));
      if (program === null) throw new Error("the spec compiles");
      const path = join(temporary, "cnn.program.json");
      writeFileSync(path, writeProgram(program, "fashion.lerac"));
      const file = JSON.parse(readFileSync(path, "utf8"));
      file.program.plan.table.rates[1][2] *= 2;
      let thrown: unknown;
      try {
        readProgram(JSON.stringify(file), "cnn.program.json");
      } catch (error) {
        thrown = error;
      }
      const shown = rendered(thrown instanceof LeracError ? thrown.diagnostics : []);
      const hash = /[0-9a-f]{4}…[0-9a-f]{4}/g;
      expect(shown.replace(hash, "#")).toBe(golden("L0701").replace(hash, "#"));
    });
  });
});
