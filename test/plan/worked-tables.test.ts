import { describe, expect, it } from "vitest";
import { spread } from "../../src/plan/curricula/spacing.js";
import { type RatePlan, ratesAt, type Time } from "../../src/plan/index.js";

/** A plan of levels that start at these rates; times in epochs. */
function plan(starts: readonly number[], k: number, more: Partial<RatePlan["rule"]> = {}): RatePlan {
  return {
    curriculum: "lerac",
    levels: starts.map((start, j) => ({ address: `l${j}`, tensors: [`l${j}.weight`], start })),
    rule: {
      kind: "lerac",
      common: 0.1,
      until: { unit: "epochs", value: k },
      growth: "exponential",
      spacing: "log",
      ...more,
    },
    schedule: { kind: "constant" },
    every: { unit: "epochs", value: 1 },
    table: null,
  };
}

const clock = { stepsPerEpoch: 1, steps: 100 };
const digits = (rate: number) => rate.toExponential(3);

/** Rates at t = 0 … k as the tables write them: a row a level. */
function table(of: RatePlan, k: number): string[] {
  const columns = Array.from({ length: k + 1 }, (_, t) => ratesAt(of, clock, t));
  return of.levels.map((_, j) => columns.map((column) => digits(column[j] as number)).join(" "));
}

describe("the paper's rule, worked out", () => {
  it("eight groups a decade apart, k = 5", () => {
    const starts = spread({ kind: "ends", first: 1e-1, last: 1e-8 }, "log", 0.1, 8);
    expect(table(plan(starts, 5), 5)).toEqual([
      "1.000e-1 1.000e-1 1.000e-1 1.000e-1 1.000e-1 1.000e-1",
      "1.000e-2 1.585e-2 2.512e-2 3.981e-2 6.310e-2 1.000e-1",
      "1.000e-3 2.512e-3 6.310e-3 1.585e-2 3.981e-2 1.000e-1",
      "1.000e-4 3.981e-4 1.585e-3 6.310e-3 2.512e-2 1.000e-1",
      "1.000e-5 6.310e-5 3.981e-4 2.512e-3 1.585e-2 1.000e-1",
      "1.000e-6 1.000e-5 1.000e-4 1.000e-3 1.000e-2 1.000e-1",
      "1.000e-7 1.585e-6 2.512e-5 3.981e-4 6.310e-3 1.000e-1",
      "1.000e-8 2.512e-7 6.310e-6 1.585e-4 3.981e-3 1.000e-1",
    ]);
  });

  it("ten groups, evenly in the logarithm, k = 7", () => {
    const starts = spread({ kind: "ends", first: 1e-1, last: 1e-8 }, "log", 0.1, 10);
    expect(table(plan(starts, 7), 7)).toEqual([
      "1.000e-1 1.000e-1 1.000e-1 1.000e-1 1.000e-1 1.000e-1 1.000e-1 1.000e-1",
      "1.668e-2 2.154e-2 2.783e-2 3.594e-2 4.642e-2 5.995e-2 7.743e-2 1.000e-1",
      "2.783e-3 4.642e-3 7.743e-3 1.292e-2 2.154e-2 3.594e-2 5.995e-2 1.000e-1",
      "4.642e-4 1.000e-3 2.154e-3 4.642e-3 1.000e-2 2.154e-2 4.642e-2 1.000e-1",
      "7.743e-5 2.154e-4 5.995e-4 1.668e-3 4.642e-3 1.292e-2 3.594e-2 1.000e-1",
      "1.292e-5 4.642e-5 1.668e-4 5.995e-4 2.154e-3 7.743e-3 2.783e-2 1.000e-1",
      "2.154e-6 1.000e-5 4.642e-5 2.154e-4 1.000e-3 4.642e-3 2.154e-2 1.000e-1",
      "3.594e-7 2.154e-6 1.292e-5 7.743e-5 4.642e-4 2.783e-3 1.668e-2 1.000e-1",
      "5.995e-8 4.642e-7 3.594e-6 2.783e-5 2.154e-4 1.668e-3 1.292e-2 1.000e-1",
      "1.000e-8 1.000e-7 1.000e-6 1.000e-5 1.000e-4 1.000e-3 1.000e-2 1.000e-1",
    ]);
  });

  it("assigns the common rate at k and keeps it, without any rounding", () => {
    const of = plan([0.1, 3.7e-4, 1e-8], 7);
    for (const t of [7, 8, 50, 99]) expect(ratesAt(of, clock, t)).toEqual([0.1, 0.1, 0.1]);
  });

  it("the ablations: linear and logarithmic growth from 1e-8, k = 7, at t = 1", () => {
    const at1 = (growth: string) => digits(ratesAt(plan([1e-8], 7, { growth }), clock, 1)[0] as number);
    expect(at1("linear")).toBe("1.429e-2");
    expect(at1("logarithmic")).toBe("3.333e-2");
    expect(at1("exponential")).toBe("1.000e-7");
  });

  it("logarithmic growth counts in epochs, however many steps one has", () => {
    const of = plan([1e-8], 7, { growth: "logarithmic" });
    const steps = { stepsPerEpoch: 40, steps: 4000 };
    expect(ratesAt(of, steps, 80)[0]).toBeCloseTo(ratesAt(of, clock, 2)[0] as number, 15);
  });
});

describe("the official code's rule", () => {
  /** Stem, blocks, head of ResNet-18, and after how many updates all are equal. */
  const cases: [string, number[], Time, number, number][] = [
    [
      "CIFAR-10",
      [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-6, 1e-6, 1e-6, 1e-4],
      { unit: "epochs", value: 1 },
      5,
      5,
    ],
    [
      "CIFAR-100, Food-101",
      [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-7, 1e-7, 1e-6],
      { unit: "epochs", value: 1 },
      6,
      6,
    ],
    [
      "Tiny ImageNet",
      [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-8, 1e-8],
      { unit: "epochs", value: 0.25 },
      7,
      1.75,
    ],
  ];

  it.each(cases)(
    "%s: each level ten times faster a tick, all equal after its k",
    async (_, starts, every, updates, k) => {
      const { curricula } = await import("../../src/plan/index.js");
      const rates = curricula.get("lerac")?.rates;
      const stored = rates?.store(
        {
          rates: { kind: "list", rates: starts },
          spacing: "log",
          growth: { word: "stepwise", number: 10 },
          until: null,
        },
        { starts, common: 0.1, every },
      );
      expect(stored).toEqual({
        until: { unit: "epochs", value: k },
        growth: "stepwise",
        factor: 10,
        spacing: "listed",
      });
      const of = { ...plan(starts, k, { growth: "stepwise", factor: 10 }), every };
      const steps = { stepsPerEpoch: 4, steps: 400 };
      const tick = 4 * every.value;
      expect(ratesAt(of, steps, 0)).toEqual(starts);
      for (let i = 0; i < updates; i++) {
        const found = ratesAt(of, steps, i * tick);
        // The decades a level still has to go after i updates.
        const expected = starts.map((start) => Math.min(-1, Math.round(Math.log10(start)) + i));
        expect(found.map((rate) => Math.round(Math.log10(rate)))).toEqual(expected);
        found.forEach((rate, j) => {
          expect(rate / 10 ** (expected[j] as number)).toBeCloseTo(1, 12);
        });
      }
      expect(ratesAt(of, steps, updates * tick - 1).every((rate) => rate === 0.1)).toBe(false);
      expect(ratesAt(of, steps, updates * tick).every((rate) => rate === 0.1)).toBe(true);
    },
  );

  it("levels arrive one after another, where the paper's arrive together", () => {
    const starts = [1e-1, 1e-2, 1e-3];
    const of = plan(starts, 7, { growth: "stepwise", factor: 10 });
    expect(ratesAt(of, clock, 1)).toEqual([0.1, 0.1, 0.01]);
    expect(ratesAt(of, clock, 2)).toEqual([0.1, 0.1, 0.1]);
    expect(ratesAt(plan(starts, 7), clock, 3).map(digits)).toEqual(["1.000e-1", "2.683e-2", "7.197e-3"]);
  });

  it("assigns the common rate also where powers of the factor miss it", () => {
    const of = plan([3e-3], 4, { growth: "stepwise", factor: 10 });
    expect([0, 1, 2, 3].map((t) => ratesAt(of, clock, t)[0])).toEqual([3e-3, 0.03, 0.1, 0.1]);
  });
});
