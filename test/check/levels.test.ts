import { describe, expect, it } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/index.js";
import type { RatePlan } from "../../src/plan/index.js";
import { compileText, faults, programOfText } from "./compile-text.js";
import { trainingSpec } from "./training-spec.js";

/** The plan under a lerac curriculum with these further lines. */
function planWith(lines: string, rates = "0.1 -> 1e-4"): RatePlan {
  return programOfText(trainingSpec({ curriculum: lerac(lines, rates) })).plan;
}

function lerac(lines: string, rates = "0.1 -> 1e-4"): string {
  return `curriculum lerac {\n  rates   ${rates}\n  until   5 epochs\n${lines}\n}`;
}

const addresses = (plan: RatePlan) => plan.levels.map((level) => level.address);
const found = (lines: string) => faults(compileText(trainingSpec({ curriculum: lerac(lines) })));

/** The first message, as it is shown. */
function message(spec: string): string {
  const [first] = compileText(spec).diagnostics;
  return first === undefined ? "" : renderDiagnostic(first, { color: false, width: 100 }).trimEnd();
}

describe("levels", () => {
  it("by default: one a labelled top-level layer, an iteration of a repeat counting as one", () => {
    expect(addresses(planWith(""))).toEqual(["stem", "stage1.0", "stage1.1", "stage2", "head"]);
  });

  it("one item without wildcards is one level, with wildcards one a match in network order", () => {
    expect(addresses(planWith("levels  stem, stage1.*, stage2, head"))).toEqual([
      "stem",
      "stage1.0",
      "stage1.1",
      "stage2",
      "head",
    ]);
    expect(addresses(planWith("levels  stem, stage1, stage2, head"))).toEqual([
      "stem",
      "stage1",
      "stage2",
      "head",
    ]);
    expect(addresses(planWith("levels  *"))).toEqual(["stem", "stage1", "stage2", "head"]);
    expect(addresses(planWith("levels  head, stage2, stage1.[0..1], stem", "0.1 -> 1e-4"))).toEqual([
      "head",
      "stage2",
      "stage1.0",
      "stage1.1",
      "stem",
    ]);
  });

  it("a parenthesis is one level, wildcards and all; the outermost of nested matches counts", () => {
    const plan = planWith("levels  (stem, stage1.*), (stage2, head)");
    expect(addresses(plan)).toEqual(["stem, stage1.*", "stage2, head"]);
    expect(plan.levels[0]?.tensors).toHaveLength(4 + 2 * 5);
    // `**` matches every address below: each top-level label is the outermost.
    expect(addresses(planWith("levels  **"))).toEqual(["stem", "stage1", "stage2", "head"]);
  });

  it("tensors are addresses too: biases and norms apart from the rest", () => {
    const plan = planWith("levels  (**.weight), (**.bias)", "0.1 -> 1e-2");
    expect(plan.levels.map((level) => level.tensors.every((name) => name.endsWith("weight")))).toEqual([
      true,
      false,
    ]);
  });

  it("each tensor is in exactly one level, in every form", () => {
    for (const lines of ["", "levels  *", "levels  (stem, head), stage1.*, stage2", "levels  **.*"]) {
      const plan = planWith(lines);
      const all = plan.levels.flatMap((level) => level.tensors);
      expect(new Set(all).size).toBe(all.length);
      expect(all).toHaveLength(4 + 3 * 5 + 2);
    }
  });

  it("an address that matches nothing is an error that names what is left over, and what may be meant", () => {
    expect(message(trainingSpec({ curriculum: lerac("  levels  stem, stage1.*, stage3, head") }))).toBe(
      [
        "error[L0403]: `stage3` names no layer of `net`",
        "  --> main.lerac:40:27",
        "40 |   levels  stem, stage1.*, stage3, head",
        "   |                           ^^^^^^ matches nothing",
        "   = note: stage2 is in no level",
        "   = help: did you mean `stage2`?  All: lerac plan main.lerac",
      ].join("\n"),
    );
  });

  it("so is a tensor left over, one claimed twice, and what has nothing to train", () => {
    expect(found("levels  stem, stage1, head")).toEqual(["L0405 levels  stem, stage1, head"]);
    expect(found("levels  stem, stage1, stage1.1, stage2, head")).toEqual(["L0406 stage1.1"]);
    expect(found("levels  stem, (stage1, stage2), stage2.*, head")).toEqual(["L0406 stage2.*"]);
    expect(found("levels  stem, stem.relu, stage1, stage2, head")).toEqual(["L0403 stem.relu"]);
    expect(found("levels  stem, stage1.[2..5], stage2, head")).toEqual(["L0403 stage1.[2..5]"]);
    expect(found("levels  2 * stem")).toEqual(["L0407 2 * stem"]);
    expect(found("levels")).toEqual(["L0407 levels"]);
  });

  it("a list of rates needs one a level", () => {
    const spec = trainingSpec({ curriculum: lerac("  levels  stem, stage1, stage2, head", "[0.1, 0.01]") });
    expect(faults(compileText(spec))).toEqual(["L0404 [0.1, 0.01]"]);
  });
});

describe("freeze and hold", () => {
  const conventional = (lines: string) =>
    trainingSpec({ curriculum: `curriculum thaw: conventional {\n${lines}\n}` });
  const levels = (lines: string) => programOfText(conventional(lines)).plan.levels;

  it("for good: levels of their own, last, one a statement", () => {
    const plan = levels("  freeze  stem, stage1\n  hold  stage2.bn, head.bias at 1e-3");
    expect(plan.map(({ address, hold, tensors }) => [address, hold, tensors.length])).toEqual([
      ["stage2", undefined, 3],
      ["head", undefined, 1],
      ["stem, stage1", { rate: 0, until: null }, 14],
      ["stage2.bn, head.bias", { rate: 1e-3, until: null }, 3],
    ]);
  });

  it("for a time: their level is divided, and whole again afterwards", () => {
    const plan = levels("  freeze  stem until 2 epochs\n  freeze  stage1.0.conv until 10%");
    expect(plan.map(({ address, hold }) => [address, hold?.until?.value])).toEqual([
      ["stem", 2],
      ["stage1.0.conv", 0.1],
      ["stage1.0", undefined],
      ["stage1.1", undefined],
      ["stage2", undefined],
      ["head", undefined],
    ]);
  });

  it("a hold over several levels divides each of them", () => {
    const plan = levels("  hold  **.bn at 0.02 until 3 epochs");
    expect(plan.map(({ address }) => address)).toEqual([
      "stem",
      "stage1.0",
      "**.bn of stage1.0",
      "stage1.1",
      "**.bn of stage1.1",
      "stage2",
      "**.bn of stage2",
      "head",
    ]);
  });

  it("faults", () => {
    const cases: [string, string][] = [
      ["  freeze  stme", "L0403 stme"],
      ["  freeze  stem\n  hold  stem at 0.1", "L0406 stem"],
      ["  hold  stem", "L0408 hold  stem"],
      ["  freeze  stem at 0.1", "L0408 at 0.1"],
      ["  hold  stem at 0", "L0211 0"],
      ["  freeze  stem until 10 min", "L0212 10 min"],
      ["  freeze  stem until 0 epochs", "L0413 0 epochs"],
      ["  freeze  stem until 40 epochs", "L0414 40 epochs"],
      ["  freeze  *", "L0412 thaw"],
      ["  levels  stem, stage1, stage2, head\n  freeze  stem", "L0409 stem"],
    ];
    for (const [lines, expected] of cases)
      expect(faults(compileText(conventional(lines))), lines).toEqual([expected]);
  });
});
