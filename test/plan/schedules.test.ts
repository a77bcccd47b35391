import { describe, expect, it } from "vitest";
import { type Clock, ratesAt, type Schedule, schedules } from "../../src/plan/index.js";
import { epochs, planOf, share, steps } from "./plans.js";

const clock: Clock = { stepsPerEpoch: 10, steps: 300 };

/** The common rate 0.1 under a schedule at a time in epochs, recomputed at each step, after a curriculum of k epochs. */
function rate(schedule: Schedule, t: number, { k = 0, drops = 0, of = clock } = {}): number {
  const plan = planOf({ schedule, every: steps(1), ...(k > 0 ? { until: epochs(k), starts: [0.001] } : {}) });
  return ratesAt(plan, of, Math.round(t * of.stepsPerEpoch), drops)[0] as number;
}

describe("schedules, against their formulas", () => {
  it("constant", () => {
    for (const t of [0, 3.3, 29.9]) expect(rate({ kind: "constant" }, t)).toBe(0.1);
  });

  it("cosine starts at k with the common rate, and ends with the run at its floor", () => {
    const schedule = { kind: "cosine", floor: 0.01 };
    const formula = (done: number) => 0.01 + 0.045 * (1 + Math.cos(Math.PI * done));
    expect(rate(schedule, 5, { k: 5 })).toBe(0.1);
    for (const t of [6, 12.5, 29.9])
      expect(rate(schedule, t, { k: 5 })).toBeCloseTo(formula((t - 5) / 25), 12);
    expect(rate(schedule, 30)).toBeCloseTo(0.01, 12);
  });

  it("cosine with a cooldown is at its floor that long before the end", () => {
    const schedule = { kind: "cosine", floor: 5e-5, cooldown: epochs(10), restarts: 0 };
    expect(rate(schedule, 10)).toBeCloseTo(5e-5 + ((0.1 - 5e-5) * (1 + Math.cos(Math.PI / 2))) / 2, 12);
    for (const t of [20, 25, 29.9]) expect(rate(schedule, t)).toBe(5e-5);
  });

  it("cosine with restarts jumps back to the common rate at each", () => {
    const schedule = { kind: "cosine", floor: 0, cooldown: epochs(0), restarts: 2 };
    for (const t of [0, 10, 20]) expect(rate(schedule, t)).toBeCloseTo(0.1, 12);
    for (const t of [5, 15, 25]) expect(rate(schedule, t)).toBeCloseTo(0.05, 12);
    for (const t of [9.9, 19.9, 29.9]) expect(rate(schedule, t)).toBeLessThan(1e-4);
  });

  it("linear and polynomial", () => {
    expect(rate({ kind: "linear", floor: 0.02 }, 15)).toBeCloseTo(0.06, 12);
    expect(rate({ kind: "linear", floor: 0 }, 20, { k: 10 })).toBeCloseTo(0.05, 12);
    const polynomial = { kind: "polynomial", power: 2, floor: 0.01 };
    expect(rate(polynomial, 0)).toBe(0.1);
    expect(rate(polynomial, 7.5)).toBeCloseTo(0.01 + 0.09 * 0.75 ** 2, 12);
    expect(rate({ ...polynomial, power: 1 }, 7.5)).toBeCloseTo(
      rate({ kind: "linear", floor: 0.01 }, 7.5),
      12,
    );
  });

  it("exponential, in epochs from k on, not below its floor", () => {
    const schedule = { kind: "exponential", factor: 0.9, every: epochs(2), floor: 0.04 };
    expect(rate(schedule, 5, { k: 5 })).toBe(0.1);
    expect(rate(schedule, 8, { k: 5 })).toBeCloseTo(0.1 * 0.9 ** 1.5, 12);
    expect(rate(schedule, 29, { k: 5 })).toBe(0.04);
  });

  it("multistep drops at instants of the run, wherever the curriculum ends, and not below its floor", () => {
    const schedule = {
      kind: "multistep",
      at: [epochs(10), epochs(20), share(0.9)],
      factor: 0.1,
      floor: 5e-4,
    };
    const found = [5, 9.9, 10, 19.9, 20, 26.9, 27].map((t) => rate(schedule, t, { k: 5 }));
    const expected = [0.1, 0.1, 0.01, 0.01, 0.001, 0.001, 5e-4];
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 12);
    });
  });

  it("multistep drops at its instant, not at the next tick", () => {
    const plan = planOf({ schedule: { kind: "multistep", at: [steps(13)], factor: 0.5, floor: 0 } });
    expect([12, 13, 19].map((step) => ratesAt(plan, clock, step)[0])).toEqual([0.1, 0.05, 0.05]);
  });

  it("one cycle as PyTorch's OneCycleLR: up to the common rate, down to almost nothing", () => {
    const schedule = { kind: "one_cycle", rise: 0.3, start: 0.04, end: 4e-6 };
    expect(rate(schedule, 0)).toBeCloseTo(0.004, 12);
    expect(rate(schedule, 4.5)).toBeCloseTo((0.004 + 0.1) / 2, 12);
    expect(rate(schedule, 9)).toBeCloseTo(0.1, 12);
    expect(rate(schedule, 19.5)).toBeCloseTo((0.1 + 4e-7) / 2, 12);
    expect(rate(schedule, 30)).toBeCloseTo(4e-7, 15);
  });

  it("plateau: the rate after so many drops, down to its floor", () => {
    const metric = { split: "val", metric: "loss" };
    const schedule = { kind: "plateau", metric, factor: 0.1, patience: epochs(5), threshold: 0, floor: 2e-4 };
    const found = [0, 1, 2, 3].map((drops) => rate(schedule, 20, { k: 5, drops }));
    [0.1, 0.01, 0.001, 2e-4].forEach((expected, i) => {
      expect(found[i]).toBeCloseTo(expected, 12);
    });
    // While the curriculum lasts, no schedule has a say.
    expect(rate(schedule, 3, { k: 5, drops: 2 })).toBe(rate(schedule, 3, { k: 5 }));
  });

  it("a warm-up rises evenly at each step, then the schedule takes over with its whole shape ahead", () => {
    const schedule = { kind: "linear", floor: 0, warmup: share(0.1) };
    expect(rate(schedule, 0)).toBeCloseTo(1e-4, 12);
    expect(rate(schedule, 1.5)).toBeCloseTo(0.1 * (0.001 + 0.999 / 2), 12);
    expect(rate(schedule, 3)).toBe(0.1);
    expect(rate(schedule, 16.5)).toBeCloseTo(0.05, 12);
    // Also where other rates are recomputed once an epoch.
    const plan = planOf({ schedule });
    const rising = [0, 1, 2, 3, 4].map((step) => ratesAt(plan, clock, step)[0] as number);
    expect(new Set(rising).size).toBe(5);
    expect([...rising].sort((a, b) => a - b)).toEqual(rising);
  });

  it("every schedule can be warmed up and says where its definition is from or is plain", () => {
    for (const [name, entry] of schedules) {
      expect(Object.keys(entry.arguments).at(-1), name).toBe("warmup");
      expect(entry.summary).toMatch(/\.$/);
    }
    expect([...schedules.keys()].sort()).toEqual(
      [
        "constant",
        "cosine",
        "exponential",
        "linear",
        "multistep",
        "one_cycle",
        "plateau",
        "polynomial",
      ].sort(),
    );
  });
});
