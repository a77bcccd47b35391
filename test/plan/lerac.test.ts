import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scientific } from "../../src/base/format.js";
import { type Clock, type RatePlan, ratesAt, rateTable } from "../../src/plan/index.js";

/** A plan under the paper's rule: levels by their first rates, k in epochs, no schedule. */
function leracPlan(
  starts: readonly number[],
  common: number,
  k: number,
  more: Partial<RatePlan> = {},
): RatePlan {
  return {
    curriculum: "lerac",
    levels: starts.map((start, j) => ({
      address: `level${j + 1}`,
      tensors: [`level${j + 1}.weight`],
      start,
    })),
    rule: {
      kind: "lerac",
      common,
      until: { unit: "epochs", value: k },
      growth: "exponential",
      spacing: "listed",
    },
    schedule: { kind: "constant" },
    every: { unit: "epochs", value: 1 },
    table: null,
    ...more,
  };
}

const epochs = (n: number): Clock => ({ stepsPerEpoch: 1, steps: n });

/** η_j(0) evenly spaced in the logarithm: the paper's choice. */
function logSpaced(first: number, last: number, n: number): number[] {
  return Array.from({ length: n }, (_, j) => first * (last / first) ** (j / (n - 1)));
}

/** A table as the paper's sheets print it: a row a level, a column an epoch, four digits. */
function printed(plan: RatePlan, columns: number): string[] {
  const rows = Array.from({ length: columns }, (_, t) => ratesAt(plan, epochs(100), t));
  return plan.levels.map((_, j) => rows.map((row) => scientific(row[j] ?? 0, 4)).join(" "));
}

describe("the rule of the paper", () => {
  it("gives the worked table of eight groups a decade apart, k = 5", () => {
    expect(printed(leracPlan(logSpaced(1e-1, 1e-8, 8), 0.1, 5), 6)).toEqual([
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

  it("gives the worked table of ten groups (stem, eight blocks, head), k = 7", () => {
    expect(printed(leracPlan(logSpaced(1e-1, 1e-8, 10), 0.1, 7), 8)).toEqual([
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

  it("starts exactly, arrives exactly, never falls and keeps the order of levels, whatever the rates", () => {
    const rate = fc.double({ min: 1e-12, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(rate, { minLength: 1, maxLength: 12 }),
        rate,
        fc.integer({ min: 1, max: 20 }),
        (list, head, k) => {
          const starts = [...list].sort((a, b) => b - a);
          const common = Math.max(head, starts[0] ?? head);
          const plan = leracPlan(starts, common, k);
          const rows = Array.from({ length: k + 3 }, (_, t) => ratesAt(plan, epochs(k + 3), t));
          expect(rows[0]).toEqual(starts);
          for (const row of rows.slice(k)) expect(row).toEqual(starts.map(() => common));
          for (const [t, row] of rows.entries()) {
            row.forEach((value, j) => {
              expect(value).toBeGreaterThanOrEqual((rows[t - 1]?.[j] ?? 0) * (1 - 1e-12));
              if (j > 0) expect(value).toBeLessThanOrEqual((row[j - 1] ?? 0) * (1 + 1e-12));
            });
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("holds a rate for a whole epoch of steps, and counts k in steps just as well", () => {
    const clock = { stepsPerEpoch: 141, steps: 8 * 141 };
    const plan = leracPlan([0.03, 1e-5], 0.03, 2);
    for (const step of [0, 1, 140]) expect(ratesAt(plan, clock, step)).toEqual([0.03, 1e-5]);
    expect(ratesAt(plan, clock, 141)[1]).toBeCloseTo(Math.sqrt(1e-5 * 0.03), 12);
    expect(ratesAt(plan, clock, 282)).toEqual([0.03, 0.03]);
    const inSteps = leracPlan([0.03, 1e-5], 0.03, 2, {
      rule: {
        kind: "lerac",
        common: 0.03,
        until: { unit: "steps", value: 10 },
        growth: "exponential",
        spacing: "log",
      },
      every: { unit: "steps", value: 4 },
    });
    const [t4, t9, t10] = [4, 9, 10].map((step) => ratesAt(inSteps, clock, step)[1]);
    expect(t4).toBeCloseTo(1e-5 * (0.03 / 1e-5) ** 0.4, 12);
    expect(t9).toBeCloseTo(1e-5 * (0.03 / 1e-5) ** 0.8, 12);
    // k is a moment at which rates are computed, whether or not it is a multiple of `every`.
    expect(t10).toBe(0.03);
  });
});

describe("what follows the curriculum", () => {
  it("is half a cosine from k to the end of the run", () => {
    const plan = leracPlan([0.1, 1e-6], 0.1, 5, { schedule: { kind: "cosine", floor: 0 } });
    const at = (t: number) => scientific(ratesAt(plan, epochs(30), t)[0] ?? 0, 4);
    expect([5, 6, 10, 15, 20, 25, 29].map(at)).toEqual([
      "1.000e-1",
      "9.961e-2",
      "9.045e-2",
      "6.545e-2",
      "3.455e-2",
      "9.549e-3",
      "3.943e-4",
    ]);
  });

  it("starts at once where there is no curriculum", () => {
    const plan = leracPlan([0.1, 0.1], 0.1, 1, {
      rule: { kind: "conventional", common: 0.1 },
      schedule: { kind: "cosine", floor: 0.02 },
    });
    expect(ratesAt(plan, epochs(10), 0)).toEqual([0.1, 0.1]);
    expect(ratesAt(plan, epochs(10), 5)[1]).toBeCloseTo(0.06, 12);
  });

  it("is baked in as a row for each tick, thinned evenly where there are more than 4,096", () => {
    const plan = leracPlan([0.1, 1e-6], 0.1, 5);
    expect(rateTable(plan, epochs(30)).t).toEqual(Array.from({ length: 30 }, (_, t) => t));
    const fine = { ...plan, every: { unit: "epochs", value: 1 / 1000 } } as const;
    const { t, rates } = rateTable(fine, epochs(30));
    expect(t).toHaveLength(4096);
    expect(t[0]).toBe(0);
    expect(t[4095]).toBeCloseTo(29.999, 9);
    expect(rates[4095]).toEqual([0.1, 0.1]);
  });
});
