import { describe, expect, it } from "vitest";
import { curriculumEnd, ratesAt, rateTable, symbolicClock, tableRows } from "../../src/plan/index.js";
import { epochs, level, planOf, share, steps } from "./plans.js";

const run = { unit: "epochs", value: 10 } as const;

describe("the clock of a plan", () => {
  it("counts epochs where a plan is written in epochs and shares, steps where in steps", () => {
    expect(symbolicClock(planOf({ until: epochs(5) }), run)).toEqual({ stepsPerEpoch: 1, steps: 10 });
    expect(symbolicClock(planOf({ until: share(0.5) }), run)).toEqual({ stepsPerEpoch: 1, steps: 10 });
    const inSteps = planOf({ until: steps(40), every: steps(10) });
    expect(symbolicClock(inSteps, { unit: "steps", value: 100 })).toEqual({ stepsPerEpoch: 1, steps: 100 });
  });

  it("needs the size of the data where a curriculum, schedule or hold mixes both", () => {
    const mixed = [
      planOf({ until: steps(40) }),
      planOf({ every: steps(7) }),
      planOf({ schedule: { kind: "multistep", at: [epochs(3), steps(90)], factor: 0.1, floor: 0 } }),
      planOf({ schedule: { kind: "linear", floor: 0, warmup: steps(90) } }),
      planOf({ levels: [level("a", 0.1), level("b", 0.1, { rate: 0, until: steps(3) })] }),
      planOf({ until: epochs(5), every: steps(1), rule: { growth: "stepwise", factor: 10 } }),
    ];
    for (const plan of mixed) expect(symbolicClock(plan, run)).toBeNull();
    const logarithmic = planOf({ until: steps(4), every: steps(1), rule: { growth: "logarithmic" } });
    expect(symbolicClock(logarithmic, { unit: "steps", value: 100 })).toBeNull();
    // No time at all is as long in epochs as in steps.
    const plain = planOf({ every: steps(5), schedule: { kind: "cosine", floor: 0, cooldown: epochs(0) } });
    expect(symbolicClock(plain, { unit: "steps", value: 100 })).not.toBeNull();
  });

  it("lets rates flow where they change at each step: the same rates as with any number of steps an epoch", () => {
    const plan = planOf({
      until: epochs(4),
      starts: [0.1, 1e-5],
      every: steps(1),
      schedule: { kind: "cosine", floor: 0 },
    });
    const symbolic = symbolicClock(plan, run);
    expect(symbolic).toMatchObject({ continuous: true });
    if (symbolic === null) return;
    for (const stepsPerEpoch of [7, 844]) {
      const clock = { stepsPerEpoch, steps: 10 * stepsPerEpoch };
      for (const step of [0, 5, 2 * stepsPerEpoch + 3, 4 * stepsPerEpoch, 9 * stepsPerEpoch + 1]) {
        const flowing = ratesAt(plan, symbolic, step / stepsPerEpoch);
        ratesAt(plan, clock, step).forEach((rate, j) => {
          expect(rate / (flowing[j] as number)).toBeCloseTo(1, 9);
        });
      }
    }
  });
});

describe("the rate table", () => {
  const clock = { stepsPerEpoch: 1, steps: 10 };

  it("has a row a tick, and one for each moment between them at which a rate changes", () => {
    const held = level("b", 0.01, { rate: 0, until: epochs(1.25) });
    const plan = planOf({
      levels: [level("a", 0.1), held],
      until: epochs(2.5),
      schedule: { kind: "multistep", at: [epochs(7.75)], factor: 0.1, floor: 0 },
    });
    const { t, rates } = rateTable(plan, clock);
    expect(t).toEqual([0, 1, 1.25, 2, 2.5, 3, 4, 5, 6, 7, 7.75, 8, 9]);
    const second = rates.map((row) => row[1] as number);
    expect(second.slice(0, 2)).toEqual([0, 0]);
    expect(second[2]).toBeCloseTo(0.01 * 10 ** (1 / 2.5), 12);
    expect(second[4]).toBe(0.1);
    expect(second[10]).toBeCloseTo(0.01, 12);
  });

  it("shows a warm-up in eight rows", () => {
    const plan = planOf({ schedule: { kind: "linear", floor: 0, warmup: epochs(2) } });
    expect(rateTable(plan, clock).t).toEqual([
      0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  it("keeps the first and the last tick, and every change, of a run with more ticks than rows", () => {
    const plan = planOf({ until: steps(333), every: steps(1) });
    const { t, rates } = rateTable(plan, { stepsPerEpoch: 1000, steps: 1_000_000 });
    expect(t.length).toBeLessThanOrEqual(tableRows);
    expect(t.length).toBeGreaterThan(tableRows - 10);
    expect([t[0], t.at(-1)]).toEqual([0, 999_999]);
    expect(t).toContain(333);
    expect(rates).toHaveLength(t.length);
  });

  it("ends a curriculum on its own moment where ticks are fractions of an epoch", () => {
    const plan = planOf({ starts: [0.1, 1e-4], until: epochs(3), every: epochs(1 / 3) });
    const { t, rates } = rateTable(plan, { stepsPerEpoch: 7, steps: 70 });
    expect(t.filter((moment) => Math.abs(moment - 21) < 1e-6)).toEqual([21]);
    expect(rates[t.indexOf(21)]).toEqual([0.1, 0.1]);
    expect(curriculumEnd(plan, { stepsPerEpoch: 7, steps: 70 })).toBe(21);
  });
});

describe("hold and freeze", () => {
  const clock = { stepsPerEpoch: 4, steps: 40 };

  it("take precedence over curriculum and schedule, then let go", () => {
    const plan = planOf({
      levels: [
        level("a", 0.1),
        level("b", 0.001, { rate: 0, until: epochs(2) }),
        level("c", 0.001, { rate: 0.05, until: steps(6) }),
        level("d", 0.003, { rate: 0.003, until: null }),
      ],
      until: epochs(4),
      schedule: { kind: "linear", floor: 0 },
    });
    expect(ratesAt(plan, clock, 7).slice(1)).toEqual([0, expect.closeTo(0.001 * 100 ** 0.25, 12), 0.003]);
    expect(ratesAt(plan, clock, 5)[2]).toBe(0.05);
    expect(ratesAt(plan, clock, 8)[1]).toBeCloseTo(0.01, 12);
    expect(ratesAt(plan, clock, 28)).toEqual([
      expect.closeTo(0.05, 12),
      expect.closeTo(0.05, 12),
      expect.closeTo(0.05, 12),
      0.003,
    ]);
  });
});
