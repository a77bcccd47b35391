import { describe, expect, it } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/index.js";
import { readProgram, writeProgram } from "../../src/program/index.js";
import { compileText, faults, programOfText } from "./compile-text.js";
import { trainingSpec } from "./training-spec.js";

const curriculum = "curriculum lerac {\n  rates  0.1 -> 1e-5\n  until  4 epochs\n}";
const withArms = (arms: string, expectations = "", seeds = "1..5") =>
  trainingSpec({
    curriculum,
    seeds,
    rest: `compare {\n${arms}\n}\n\n${expectations === "" ? "" : `expect {\n${expectations}\n}`}`,
  });
const found = (arms: string, expectations?: string, seeds?: string) =>
  faults(compileText(withArms(arms, expectations, seeds)));

describe("compare", () => {
  it("gives each arm a plan of its own: bare kinds, overrides, labels, joined kinds", () => {
    const { arms } = programOfText(
      withArms(
        [
          "  conventional",
          "  cbs",
          "  lerac",
          "  short: lerac(until: 2 epochs, growth: linear)",
          "  warmed: conventional(schedule: linear(warmup: 10%))",
          "  both: cbs(sigma: 0.8) + lerac",
          "  decay: layerwise(rates: decay(0.5))",
        ].join("\n"),
      ),
    );
    const plans = new Map(arms.map((arm) => [arm.name, arm.plan]));
    expect([...plans.keys()]).toEqual(["conventional", "cbs", "lerac", "short", "warmed", "both", "decay"]);
    expect(plans.get("short")?.rule).toMatchObject({ growth: "linear", until: { unit: "epochs", value: 2 } });
    expect(plans.get("lerac")?.rule).toMatchObject({ growth: "exponential", until: { value: 4 } });
    expect(plans.get("warmed")?.schedule).toMatchObject({
      kind: "linear",
      warmup: { unit: "share", value: 0.1 },
    });
    expect(plans.get("both")).toMatchObject({
      curriculum: "both",
      rule: { kind: "lerac" },
      modifiers: [{ kind: "cbs", sigma: 0.8, factor: 0.9 }],
    });
    expect(plans.get("decay")?.levels.at(-2)?.start).toBe(0.05);
    expect(arms.find((arm) => arm.name === "both")?.curricula).toEqual(["cbs", "lerac"]);
  });

  it("survives a program file, whose arms are checked as its own plan is", () => {
    const program = programOfText(withArms("  conventional\n  both: cbs + lerac"));
    expect(readProgram(writeProgram(program), "x.json").program).toEqual(program);
    const [first, both] = program.arms;
    if (first === undefined || both === undefined) throw new Error("two arms");
    const rule = { ...both.plan.rule, growth: "sideways" };
    const damaged = { ...program, arms: [first, { ...both, plan: { ...both.plan, rule } }] };
    expect(() => readProgram(writeProgram(damaged), "x.json")).toThrow(/damaged/);
  });

  it("the arm asked for becomes the run", () => {
    const spec = withArms("  conventional\n  short: lerac(until: 2 epochs)");
    const source = compileText(spec).program;
    expect(source?.plan.rule.until?.value).toBe(4);
  });

  it("faults", () => {
    const cases: [string, string][] = [
      ["  larec", "L0402 larec"],
      ["  lerac\n  lerac(until: 2 epochs)", "L0402 lerac(until: 2 epochs)"],
      ["  lerac(2 epochs)", "L0417 2 epochs"],
      ["  lerac(untill: 2 epochs)", "L0215 untill"],
      ["  lerac(until: 2)", "L0212 2"],
      ["  lerac(levels: stem)", "L0215 levels"],
      ["  lerac(until: 60 epochs)", "L0414 60 epochs"],
      ["  x: layerwise", "L0217 layerwise"],
      ["  x: lerac + conventional", "L0415 x: lerac + conventional"],
      ["  x: lerac(schedule: linear) + cbs(schedule: cosine)", "L0216 cosine"],
      ["  x: lerac(schedule: multistep(at: 2 epochs))", "L0421 2 epochs"],
    ];
    for (const [arms, expected] of cases) expect(found(arms), arms).toEqual([expected]);
    const many = Array.from({ length: 33 }, (_, i) => `  a${i}: lerac`).join("\n");
    expect(found(many)).toEqual(["L0416 compare"]);
  });
});

describe("expect", () => {
  const arms = "  conventional\n  lerac";

  it("gives each claim in parts", () => {
    const { claims } = programOfText(
      withArms(
        arms,
        [
          "  lerac.test.accuracy >= 0.91",
          "  lerac.test.accuracy > conventional.test.accuracy with p < 0.05",
          "  lerac.val.loss == 2 * 0.1 within 0.01",
          "  net.parameters > 100",
        ].join("\n"),
      ),
    );
    const side = (arm: string, metric = "accuracy", split = "test") => ({
      kind: "measured",
      arm,
      split,
      metric,
    });
    expect(claims).toEqual([
      {
        text: "lerac.test.accuracy >= 0.91",
        arms: ["lerac"],
        left: side("lerac"),
        operator: ">=",
        right: { kind: "number", value: 0.91 },
        within: null,
        p: null,
      },
      {
        text: "lerac.test.accuracy > conventional.test.accuracy with p < 0.05",
        arms: ["lerac", "conventional"],
        left: side("lerac"),
        operator: ">",
        right: side("conventional"),
        within: null,
        p: 0.05,
      },
      {
        text: "lerac.val.loss == 2 * 0.1 within 0.01",
        arms: ["lerac"],
        left: side("lerac", "loss", "val"),
        operator: "==",
        right: { kind: "number", value: 0.2 },
        within: 0.01,
        p: null,
      },
    ]);
  });

  it("refuses a p that the pairs can never reach, and says what would", () => {
    const spec = withArms(arms, "  lerac.test.accuracy > conventional.test.accuracy with p < 0.01");
    const [first] = compileText(spec).diagnostics;
    const text = first === undefined ? "" : renderDiagnostic(first, { color: false, width: 100 }).trimEnd();
    expect(text.split("\n").map((line) => line.replace(/^ *\d+ \|/, " |"))).toEqual([
      "error[L0612]: 5 seeds can never show `p < 0.01`",
      "  --> main.lerac:56:61",
      " |   seeds  1..5",
      "   |          ---- 5 pairs: the exact signed-rank p is never below 1/32 = 0.031",
      "...",
      " |   lerac.test.accuracy > conventional.test.accuracy with p < 0.01",
      "   |                                                             ^^^^ out of reach",
      "   = help: write `seeds 1..7` (1/128 = 0.008), or `with p < 0.05`",
    ]);
    const at = (seeds: string, p: string) =>
      found(arms, `  lerac.test.accuracy > conventional.test.accuracy with p < ${p}`, seeds);
    expect(at("1..4", "0.05")).toEqual(["L0612 0.05"]);
    expect(at("1..5", "0.05")).toEqual([]);
    // The bound itself is not below the bound.
    expect(at("1..4", "0.0625")).toEqual(["L0612 0.0625"]);
    expect(at("1..7", "0.01")).toEqual([]);
  });

  it("faults", () => {
    const cases: [string, string][] = [
      ["  lerac.test.accuracy", "L0603 lerac.test.accuracy"],
      ["  0.5 < 0.9", "L0603 0.5 < 0.9"],
      ["  lerac.accuracy > 0.9", "L0602 lerac.accuracy"],
      ["  larec.test.accuracy > 0.9", "L0602 larec"],
      ["  lerac.tset.accuracy > 0.9", "L0521 tset"],
      ["  lerac.test.acuracy > 0.9", "L0522 acuracy"],
      ["  lerac.test.accuracy > 90%", "L0212 90%"],
      ["  lerac.test.accuracy == 0.9", "L0604 lerac.test.accuracy == 0.9"],
      ["  lerac.test.accuracy != 0.9", "L0604 lerac.test.accuracy != 0.9"],
      ["  lerac.test.accuracy == 0.9 within 5 px", "L0211 5 px"],
      ["  lerac.test.accuracy > 0.9 with q < 0.05", "L0606 q"],
      ["  lerac.test.accuracy > 0.9 with p < 2", "L0606 2"],
      ["  net.parameters == 1", "L0601 1"],
      ["  nett.parameters == 1", "L0605 nett"],
    ];
    for (const [claim, expected] of cases) expect(found(arms, claim), claim).toEqual([expected]);
  });

  it("says nothing more about an arm that is wrong itself", () => {
    expect(found("  lerac(until: 2)", "  lerac.test.accuracy > 0.9")).toEqual(["L0212 2"]);
  });
});
