import { describe, expect, it } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/index.js";
import { type RatePlan, ratesAt } from "../../src/plan/index.js";
import { hashProgram } from "../../src/program/index.js";
import { compileText, faults, programOfText } from "./compile-text.js";
import { trainingSpec } from "./training-spec.js";

const spec = (lines: string, head = "lerac") =>
  trainingSpec({ curriculum: `curriculum ${head} {\n${lines}\n}` });
const plan = (lines: string, head?: string): RatePlan => programOfText(spec(lines, head)).plan;
const found = (lines: string, head?: string) => faults(compileText(spec(lines, head)));

describe("curriculum lerac", () => {
  const rates = "  rates  0.1 -> 1e-5\n  until  4 epochs";

  it("spaces first rates evenly in the logarithm or in the rate, or takes them as listed", () => {
    const starts = (lines: string) => plan(lines).levels.map((level) => Number(level.start.toPrecision(6)));
    expect(starts(rates)).toEqual([0.1, 0.01, 0.001, 1e-4, 1e-5]);
    expect(starts(`${rates}\n  spacing  linear`)[2]).toBe(0.050005);
    expect(starts("  rates  [0.1, 0.05, 0.05, 0.01, 1e-5]\n  until  4 epochs")).toEqual([
      0.1, 0.05, 0.05, 0.01, 1e-5,
    ]);
  });

  it("knows the growth of the paper, its ablations, and the official code's, whose k follows", () => {
    const rule = (lines: string) => plan(`  rates  0.1 -> 1e-5\n${lines}`).rule;
    expect(rule("  until  4 epochs").growth).toBe("exponential");
    expect(rule("  until  4 epochs\n  growth  logarithmic").growth).toBe("logarithmic");
    expect(rule("  growth  stepwise(10)\n  every  1/4 epoch")).toMatchObject({
      growth: "stepwise",
      factor: 10,
      until: { unit: "epochs", value: 1 },
    });
    expect(rule("  growth  stepwise(10)\n  until  20%").until).toEqual({ unit: "share", value: 0.2 });
  });

  it("gives the same program whatever the base", () => {
    const program = (base: string) => programOfText(spec(`${rates}\n${base}`));
    expect(hashProgram(program("  base  2"))).toBe(hashProgram(program("")));
    expect(hashProgram(program("  base  2.718281828"))).toBe(hashProgram(program("  base  10")));
  });

  it("faults", () => {
    const cases: [string, string][] = [
      ["  until  4 epochs", "L0217 lerac"],
      ["  rates  0.1 -> 1e-5", "L0217 lerac"],
      ["  rates  0.1 -> 0.1\n  until  4 epochs", "L0411 0.1 -> 0.1"],
      ["  rates  0.1 -> 0\n  until  4 epochs", "L0211 0"],
      ["  rates  0.1\n  until  4 epochs", "L0210 0.1"],
      ["  rates  decay(0.5)\n  until  4 epochs", "L0202 decay"],
      ["  rates  0.1 -> 1e-5\n  until  4", "L0212 4"],
      ["  rates  0.1 -> 1e-5\n  until  0 epochs", "L0413 0 epochs"],
      ["  rates  0.1 -> 1e-5\n  until  31 epochs", "L0414 31 epochs"],
      ["  rates  0.1 -> 1e-5\n  until  120%", "L0414 120%"],
      [`${rates}\n  growth  exponentail`, "L0218 exponentail"],
      [`${rates}\n  growth  stepwise`, "L0204 stepwise"],
      [`${rates}\n  growth  stepwise(1)`, "L0211 1"],
      [`${rates}\n  growth  linear(2)`, "L0206 2"],
      [`${rates}\n  base  1`, "L0211 1"],
      [`${rates}\n  spacing  lin`, "L0218 lin"],
      [`${rates}\n  every  0 steps`, "L0413 0 steps"],
      [`${rates}\n  untl  4 epochs`, "L0215 untl"],
      ["  rates  0.1 -> 1e-9\n  growth  stepwise(10)\n  every  10 epochs", "L0414 lerac"],
    ];
    for (const [lines, expected] of cases) expect(found(lines), lines).toEqual([expected]);
    expect(found(rates, "larec")).toEqual(["L0401 larec"]);
  });
});

describe("curriculum layerwise", () => {
  it("decays from the last level down, or takes a span or a list, and keeps the ratios", () => {
    const decay = plan("  rates  decay(0.5)", "decay: layerwise");
    expect(decay.levels.map((level) => level.start)).toEqual([0.1 / 16, 0.1 / 8, 0.1 / 4, 0.1 / 2, 0.1]);
    expect(decay.rule.until).toBeUndefined();
    const clock = { stepsPerEpoch: 1, steps: 30 };
    expect(ratesAt(decay, clock, 29)).toEqual(ratesAt(decay, clock, 0));
    expect(plan("  rates  1e-3 -> 0.1", "spread: layerwise").rule.spacing).toBe("log");
  });

  it("faults", () => {
    const of = (lines: string) => found(lines, "decay: layerwise");
    expect(of("  rates  decay(1)")).toEqual(["L0211 1"]);
    expect(of("  rates  decay")).toEqual(["L0204 decay"]);
    expect(of("  rates  0.1 -> 0.1")).toEqual(["L0411 0.1 -> 0.1"]);
    expect(of("  rates  decay(0.5)\n  until  3 epochs")).toEqual(["L0215 until"]);
  });
});

describe("curriculum cbs", () => {
  const modifiers = (lines: string) => programOfText(spec(lines, "cbs")).plan.modifiers;

  it("smooths behind all convolutions outside shortcuts by default", () => {
    expect(modifiers("")).toEqual([
      {
        kind: "cbs",
        sigma: 1,
        factor: 0.9,
        every: { unit: "epochs", value: 5 },
        kernel: 3,
        sites: ["stem", "stage1.0.conv", "stage1.1.conv", "stage2.conv"],
        evaluate: "smoothed",
      },
    ]);
  });

  it("takes its own sites and pace", () => {
    const [cbs] =
      modifiers("  sigma  0.8\n  decay  0.95 every 2 epochs\n  sites  stem, stage1.*\n  evaluate  clean") ??
      [];
    expect(cbs).toMatchObject({
      sigma: 0.8,
      factor: 0.95,
      every: { value: 2 },
      sites: ["stem", "stage1.0.conv", "stage1.0.shortcut.conv", "stage1.1.conv", "stage1.1.shortcut.conv"],
      evaluate: "clean",
    });
  });

  it("faults", () => {
    const of = (lines: string) => found(lines, "cbs");
    expect(of("  kernel  4")).toEqual(["L0211 4"]);
    expect(of("  sigma  0")).toEqual(["L0211 0"]);
    expect(of("  decay  every 2 epochs")).toEqual(["L0217 decay  every 2 epochs"]);
    expect(of("  decay  0.9 every 2")).toEqual(["L0212 2"]);
    expect(of("  sites  head")).toEqual(["L0418 head"]);
    expect(of("  sites  hed")).toEqual(["L0403 hed"]);
    expect(of("  levels  stem")).toEqual(["L0215 levels"]);
    const flat = "model flat {\n  input  image(28, 28, 1)\n  f:     flatten\n  head:  dense(10)\n}";
    expect(faults(compileText(trainingSpec({ model: flat, curriculum: "curriculum cbs { }" })))).toEqual([
      "L0411 cbs",
    ]);
  });
});

describe("which curriculum is trained under", () => {
  const two = "curriculum a: lerac {\n  rates  0.1 -> 1e-5\n  until  4 epochs\n}\n\ncurriculum cbs { }";
  const trained = (train: string) => programOfText(trainingSpec({ curriculum: two, train })).plan;

  it("the one named, also two joined that don't both set rates", () => {
    expect(trained("  curriculum  a").curriculum).toBe("a");
    expect(trained("  curriculum  conventional").rule.kind).toBe("conventional");
    const joined = trained("  curriculum  cbs + a");
    expect(joined).toMatchObject({
      curriculum: "cbs_a",
      rule: { kind: "lerac" },
      modifiers: [{ kind: "cbs" }],
    });
    const both = trainingSpec({ curriculum: two, train: "  curriculum  a + conventional" });
    expect(faults(compileText(both))).toEqual(["L0415 a"]);
  });

  it("a run of several has to be told which, a comparison has not", () => {
    const spec = trainingSpec({ curriculum: two });
    expect(faults(compileText(spec))).toEqual(["L0511 train"]);
    const compared = compileText(trainingSpec({ curriculum: two, rest: "compare {\n  cbs\n  a\n}" }));
    expect(faults(compared)).toEqual([]);
    expect(compared.undecided).toEqual(["cbs", "a"]);
    expect(faults(compileText(trainingSpec({ curriculum: two, train: "  curriculum  b" })))).toEqual([
      "L0510 b",
    ]);
  });
});

describe("schedules and curricula", () => {
  const curriculum = "curriculum lerac {\n  rates  0.1 -> 1e-6\n  until  5 epochs\n}";
  const of = (schedule: string) =>
    compileText(trainingSpec({ curriculum, train: `  schedule  ${schedule}` }));

  it("a drop inside the curriculum would never happen, nor one after the run", () => {
    const [first] = of("multistep(at: [3, 20] epochs, factor: 0.1)").diagnostics;
    const text = first === undefined ? "" : renderDiagnostic(first, { color: false, width: 100 }).trimEnd();
    expect(text.split("\n").map((line) => line.replace(/^( *)\d+ \|/, "$1 |"))).toEqual([
      "error[L0421]: the rate drop at epoch 3 would never happen",
      "  --> main.lerac:47:28",
      " |   until  5 epochs",
      "   |          -------- until here the curriculum alone sets every rate",
      "...",
      " |   schedule  multistep(at: [3, 20] epochs, factor: 0.1)",
      "   |                            ^ falls inside the curriculum",
      "   = help: move it to epoch 5 or later, or end the curriculum at `3 epochs`",
    ]);
    expect(faults(of("multistep(at: [5, 20] epochs)"))).toEqual([]);
    expect(faults(of("multistep(at: [10%, 20 epochs])"))).toEqual(["L0421 10%"]);
    expect(faults(of("multistep(at: [20, 30] epochs)"))).toEqual(["L0421 30"]);
    // Only the size of the data relates steps and epochs.
    expect(faults(of("multistep(at: 10 steps)"))).toEqual([]);
  });

  it("settings of schedules are checked", () => {
    expect(faults(of("cosin"))).toEqual(["L0218 cosin"]);
    expect(faults(of("multistep(at: [10, 20])"))).toEqual(["L0212 10", "L0212 20"]);
    expect(faults(of("multistep"))).toEqual(["L0204 multistep"]);
    expect(faults(of("polynomial"))).toEqual(["L0204 polynomial"]);
    expect(faults(of("plateau(loss)"))).toEqual(["L0520 loss"]);
    expect(faults(of("plateau(val.f1)"))).toEqual(["L0522 f1"]);
    expect(faults(of("plateau(val.loss, patience: 0 epochs)"))).toEqual(["L0413 0 epochs"]);
    expect(faults(of("linear(warmup: 26 epochs)"))).toEqual(["L0422 26 epochs"]);
    expect(of("plateau(val.loss, factor: 0.5)").program?.plan.schedule).toEqual({
      kind: "plateau",
      metric: { split: "val", metric: "loss" },
      factor: 0.5,
      patience: { unit: "epochs", value: 10 },
      threshold: 1e-4,
      floor: 0,
    });
  });
});
