import { describe, expect, it } from "vitest";
import { type Clock, ratesAt, schedules } from "../../src/plan/index.js";
import { freshPlateau, plateauAfter } from "../../src/train/patience.js";
import { scheduleReference } from "../engine/torch-reference.js";
import { planOf, steps } from "./plans.js";

const clock: Clock = { stepsPerEpoch: 10, steps: 300 };
const reference = scheduleReference();

/** The rates of all steps, and the drops of plateaus, as PyTorch's schedulers give them for the same settings. */
describe("schedules as PyTorch's schedulers", () => {
  it.each(reference.schedules.map((one) => [JSON.stringify(one.schedule), one] as const))(
    "%s",
    (_, { schedule, rates }) => {
      const plan = planOf({ schedule, every: steps(1) });
      expect(rates).toHaveLength(clock.steps);
      for (const [step, rate] of rates.entries())
        expect(Math.abs((ratesAt(plan, clock, step)[0] ?? 0) - rate), `step ${step}`).toBeLessThan(1e-9);
    },
  );

  it.each(reference.plateaus.map((one) => [`${one.metric}, patience ${one.patience}`, one] as const))(
    "plateau of %s",
    (_, { metric, patience, threshold, factor, floor, values, rates }) => {
      const schedule = { kind: "plateau", metric: { split: "val", metric }, factor, floor };
      const plan = planOf({ schedule });
      let state = freshPlateau;
      for (const [epoch, value] of values.entries()) {
        state = plateauAfter(state, { metric, threshold, patience }, value, epoch + 1);
        expect(ratesAt(plan, clock, 200, state.drops)[0], `epoch ${epoch}`).toBeCloseTo(rates[epoch] ?? 0, 9);
      }
    },
  );

  it("is true of every schedule there is", () => {
    const tried = new Set([...reference.schedules.map(({ schedule }) => schedule.kind), "plateau"]);
    expect([...tried].sort()).toEqual([...schedules.keys()].sort());
  });
});
