import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { hashProgram } from "../../src/program/index.js";
import { planCsv, planDocument, planSchema } from "../../src/report/index.js";
import { changed, programOf, quickstart } from "./specs.js";

const validate = new Ajv({ strictRequired: false, allowUnionTypes: true }).compile(planSchema);
const program = programOf(quickstart);

describe("the plan as JSON", () => {
  it.each([
    ["with data", planDocument(program, 54_000)],
    ["without", planDocument(program, null)],
    [
      "in steps",
      planDocument(
        programOf(changed(["epochs     30", "steps      5000"], ["until  5 epochs", "until  400 steps"])),
        null,
      ),
    ],
    ["mixed", planDocument(programOf(changed(["until  5 epochs", "until  400 steps"])), null)],
  ])("fits its schema: %s", (_, document) => {
    const json: unknown = JSON.parse(JSON.stringify(document));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  });

  it("is what docs/reference/plan.schema.json says", () => {
    const path = join(import.meta.dirname, "../../docs/reference/plan.schema.json");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(JSON.parse(JSON.stringify(planSchema)));
  });

  it("a document that lacks something or says more does not fit", () => {
    const { levels: _, ...lacking } = planDocument(program, null);
    expect(validate(lacking)).toBe(false);
    expect(validate({ ...planDocument(program, null), more: 1 })).toBe(false);
  });

  it("adds up: layers to the model, tensors to levels", () => {
    const { model, levels, train, program: sha256 } = planDocument(program, 54_000);
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(model.layers.map((layer) => layer.parameters))).toBe(1_626_058);
    expect(sum(levels.map((level) => level.parameters))).toBe(1_626_058);
    expect(sum(model.layers.map((layer) => layer.multiplyAdds))).toBe(16_283_392);
    expect(levels.map((level) => level.parameters)).toEqual([384, 18_624, 1_605_760, 1_290]);
    expect(model.layers.map((layer) => layer.levels)).toEqual([
      [1],
      [1],
      [],
      [2],
      [2],
      [],
      [],
      [],
      [3],
      [],
      [],
      [4],
    ]);
    expect(train).toMatchObject({ samples: 54_000, stepsPerEpoch: 844, steps: 25_320 });
    expect(sha256).toBe(hashProgram(program));
  });

  it("rates are the paper's: a geometric path from each start to the common rate", () => {
    const { rates, levels } = planDocument(program, null);
    expect(rates?.unit).toBe("epoch");
    expect(rates?.until).toBe(5);
    for (const [j, { start }] of levels.entries()) {
      for (let t = 0; t < 5; t++) {
        const expected = start ** (1 - t / 5) * 0.1 ** (t / 5);
        expect(rates?.rates[t]?.[j]).toBeCloseTo(expected, 12);
      }
      expect(rates?.rates[5]?.[j]).toBe(0.1);
    }
  });

  it("of a plan that mixes epochs and steps has rates once the data are here", () => {
    const mixed = programOf(changed(["until  5 epochs", "until  400 steps"]));
    expect(planDocument(mixed, null).rates).toBeNull();
    const { rates } = planDocument(mixed, 54_000);
    expect(rates).toMatchObject({ unit: "step", until: 400 });
  });
});

describe("the rates as CSV", () => {
  const document = planDocument(program, null);
  const { rates } = document;
  if (rates === null) throw new Error("the quick start has rates without data");
  const rows = planCsv({ ...document, rates }).split("\n");

  it("a column a level, a row a tick, numbers that read back exactly", () => {
    expect(rows[0]).toBe("epoch,conv1,conv2,fc,head");
    expect(rows.at(-1)).toBe("");
    expect(rows).toHaveLength(32);
    expect(rows.slice(1, -1).map((row) => row.split(",").map(Number))).toEqual(
      rates.t.map((t, i) => [t, ...(rates.rates[i] ?? [])]),
    );
  });

  it("quotes a level whose name has a comma", () => {
    const levels = document.levels.map((level, j) => (j === 0 ? { ...level, address: '(a, "b")' } : level));
    expect(planCsv({ ...document, levels, rates }).split("\n")[0]).toBe('epoch,"(a, ""b"")",conv2,fc,head');
  });
});
