import { describe, expect, it } from "vitest";
import type { TrainSettings } from "../../src/program/types.js";
import { compileText, faults, programOfText } from "./compile-text.js";
import { trainingSpec } from "./training-spec.js";

const settings = (train: string): TrainSettings => programOfText(trainingSpec({ train })).train;
const found = (train: string) => faults(compileText(trainingSpec({ train })));

describe("train", () => {
  it("leaves out what says nothing, so that a program is the same with and without it", () => {
    const plain = settings("");
    expect(settings("  stop  never\n  clip  none\n  average  none\n  keep  last")).toEqual(plain);
    expect(Object.keys(plain)).not.toContain("stop");
  });

  it("reads when to stop, how to bound gradients, what to average", () => {
    expect(settings("  stop  early(val.loss, patience: 5 epochs)").stop).toEqual({
      kind: "early",
      split: "val",
      metric: "loss",
      patience: { unit: "epochs", value: 5 },
    });
    expect(settings("  stop  after(2 h)").stop).toEqual({ kind: "after", seconds: 7200 });
    expect(settings("  clip  norm(1.0)").clip).toEqual({ kind: "norm", limit: 1 });
    expect(settings("  clip  value(0.5)").clip).toEqual({ kind: "value", limit: 0.5 });
    expect(settings("  average  ema(0.999)").average).toEqual({ kind: "ema", decay: 0.999 });
    expect(settings("  keep  best(test.accuracy)").keep).toEqual({
      kind: "best",
      split: "test",
      metric: "accuracy",
    });
  });

  it("faults", () => {
    const cases: [string, string][] = [
      ["  stop  early", "L0204 early"],
      ["  stop  early(val.loss, patience: 5)", "L0212 5"],
      ["  stop  early(dev.loss)", "L0521 dev"],
      ["  stop  after(5 epochs)", "L0212 5 epochs"],
      ["  stop  after(100 samples)", "L0212 100 samples"],
      ["  stop  erly(val.loss)", "L0218 erly"],
      ["  clip  norm(0)", "L0211 0"],
      ["  clip  1.0", "L0210 1.0"],
      ["  average  ema(1)", "L0211 1"],
      ["  keep  best", "L0204 best"],
      ["  keep  bset(val.loss)", "L0218 bset"],
      ["  keep  best(val.f1)", "L0522 f1"],
      ["  curriculum  2", "L0210 2"],
      ["  epochs  3 epochs", "L0212 3 epochs"],
      ["  epochs  3\n  steps  30", "L0216 steps  30"],
      ["  evaluate  5 epochs", "L0217 evaluate  5 epochs"],
      ["  evaluate  every 0 epochs", "L0211 0 epochs"],
      ["  last_batch  drpo", "L0218 drpo"],
      ["  stpo  never", "L0215 stpo"],
    ];
    for (const [train, expected] of cases) expect(found(train), train).toEqual([expected]);
  });
});
