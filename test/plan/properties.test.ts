import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Clock,
  curriculumEnd,
  type RatePlan,
  ratesAt,
  rateTable,
  type Schedule,
} from "../../src/plan/index.js";
import { epochs, level, planOf, share, steps } from "./plans.js";

const rate = fc.double({ min: -9, max: -0.5, noNaN: true }).map((power) => 10 ** power);
const clocks: fc.Arbitrary<Clock> = fc.record({
  stepsPerEpoch: fc.integer({ min: 1, max: 500 }),
  steps: fc.integer({ min: 1, max: 20_000 }),
});
const time = fc.oneof(
  fc.double({ min: 0.1, max: 12, noNaN: true }).map(epochs),
  fc.integer({ min: 1, max: 3000 }).map(steps),
  fc.double({ min: 0.01, max: 1, noNaN: true }).map(share),
);
const ticks = fc.oneof(fc.constantFrom(epochs(1), epochs(0.25), epochs(1 / 3), steps(1), steps(13)), time);
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.constant({ kind: "constant" }),
  fc.record({ kind: fc.constant("cosine"), floor: fc.constant(1e-6), restarts: fc.nat(3), cooldown: time }),
  fc.record({ kind: fc.constant("linear"), floor: fc.constant(0), warmup: time }),
  fc.record({
    kind: fc.constant("polynomial"),
    power: fc.double({ min: 0.5, max: 4, noNaN: true }),
    floor: fc.constant(0),
  }),
  fc.record({
    kind: fc.constant("exponential"),
    factor: fc.double({ min: 0.1, max: 0.99, noNaN: true }),
    every: time,
    floor: fc.constant(1e-9),
  }),
  fc.record({
    kind: fc.constant("multistep"),
    at: fc.array(time, { minLength: 1, maxLength: 4 }),
    factor: fc.constant(0.1),
    floor: fc.constant(1e-9),
  }),
  fc.constant({ kind: "one_cycle", rise: 0.3, start: 0.04, end: 4e-6 }),
);
const growth = fc.constantFrom(
  { growth: "exponential" },
  { growth: "linear" },
  { growth: "logarithmic" },
  { growth: "stepwise", factor: 10 },
);
/** First rates fall from level to level, from the common one. */
const falling = fc
  .array(rate, { minLength: 1, maxLength: 12 })
  .map((rates) => [...rates].sort((a, b) => b - a));

const leracPlans: fc.Arbitrary<RatePlan> = fc
  .record({ starts: falling, until: time, every: ticks, schedule, growth })
  .map(({ starts, growth: rule, ...rest }) => planOf({ ...rest, starts, common: starts[0] ?? 0.1, rule }));

const options = { numRuns: 300 };

describe("every plan", () => {
  it("is total: a finite rate for each level at each step, 0 only where it is frozen", () => {
    fc.assert(
      fc.property(
        leracPlans,
        clocks,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(5),
        (plan, clock, at, drops) => {
          const rates = ratesAt(plan, clock, Math.floor(at * clock.steps), drops);
          expect(rates).toHaveLength(plan.levels.length);
          expect(rates.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
        },
      ),
      options,
    );
  });

  it("has a table whose rows are its rates, in time's order, at most 4,096 of them", () => {
    fc.assert(
      fc.property(leracPlans, clocks, (plan, clock) => {
        const { t, rates } = rateTable(plan, clock);
        expect(t[0]).toBe(0);
        expect(t.every((moment, i) => i === 0 || moment > (t[i - 1] as number))).toBe(true);
        expect(t.length).toBeLessThanOrEqual(4096);
        const i = Math.floor(t.length / 2);
        expect(rates[i]).toEqual(ratesAt(plan, clock, t[i] as number));
      }),
      { numRuns: 60 },
    );
  });
});

describe("under lerac", () => {
  it("no rate falls before k, and at k all are equal, exactly", () => {
    fc.assert(
      fc.property(leracPlans, clocks, (plan, clock) => {
        const k = curriculumEnd(plan, clock);
        const end = Math.min(Math.floor(k), clock.steps);
        let before = ratesAt(plan, clock, 0);
        for (let i = 1; i <= 20; i++) {
          const step = Math.floor((end * i) / 20);
          if (step >= k) break;
          const rates = ratesAt(plan, clock, step);
          rates.forEach((value, j) => {
            expect(value).toBeGreaterThanOrEqual((before[j] as number) * (1 - 1e-12));
          });
          before = rates;
        }
        const first = Math.ceil(k);
        if (first <= clock.steps) expect(new Set(ratesAt(plan, clock, first)).size).toBe(1);
      }),
      options,
    );
  });

  it("the order of the levels is kept until k", () => {
    fc.assert(
      fc.property(leracPlans, clocks, fc.double({ min: 0, max: 1, noNaN: true }), (plan, clock, at) => {
        const rates = ratesAt(
          plan,
          clock,
          Math.floor(at * Math.min(clock.steps, curriculumEnd(plan, clock))),
        );
        rates.forEach((value, j) => {
          if (j > 0) expect(value).toBeLessThanOrEqual((rates[j - 1] as number) * (1 + 1e-12));
        });
      }),
      options,
    );
  });

  it("the base of the paper's formula cancels", () => {
    fc.assert(
      fc.property(
        rate,
        rate,
        fc.double({ min: 1.1, max: 100, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        (start, common, c, k) => {
          const log = (x: number) => Math.log(x) / Math.log(c);
          for (let t = 0; t < k; t++) {
            const paper = start * c ** ((t / k) * (log(common) - log(start)));
            const plan = planOf({ starts: [start], common, until: epochs(k) });
            const [found] = ratesAt(plan, { stepsPerEpoch: 1, steps: k + 1 }, t);
            expect((found as number) / paper).toBeCloseTo(1, 9);
          }
        },
      ),
      options,
    );
  });

  it("a hold changes the rate of its own level alone", () => {
    fc.assert(
      fc.property(
        leracPlans,
        clocks,
        time,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (plan, clock, until, at) => {
          const step = Math.floor(at * clock.steps);
          const held = { ...plan, levels: [...plan.levels, level("held", 0.5, { rate: 0, until })] };
          const rates = ratesAt(held, clock, step);
          expect(rates.slice(0, -1)).toEqual(ratesAt(plan, clock, step));
        },
      ),
      options,
    );
  });
});
