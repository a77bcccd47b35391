import type { Span } from "../diagnostics/index.js";
import { type RatePlan, rateTable, symbolicClock } from "../plan/index.js";
import type { ArmProgram } from "../program/types.js";
import type { CheckedTrain } from "./checked-train.js";
import type { CheckedArm } from "./compare.js";
import type { ChosenCurriculum } from "./curricula/choose.js";
import { Planner, type PlanRequest, type UntabledPlan } from "./curricula/plan.js";
import type { Evaluator } from "./evaluate.js";
import type { CheckedModel } from "./model/index.js";
import type { Reporter } from "./reporter.js";

/** The rate plans of a file: of its run, and of each arm. */
export interface CheckedPlans {
  readonly plan: RatePlan;
  readonly arms: readonly ArmProgram[];
  readonly planned: readonly PlannedRates[];
}

/** A plan and what it was made of. */
export interface PlannedRates {
  readonly plan: UntabledPlan;
  readonly parts: PlanRequest["parts"];
  readonly schedule: PlanRequest["schedule"];
}

/**
 * Plans the run and every arm of a comparison.
 *
 * @param chosen what `train` trains under
 * @param arm name of the arm that is to be the run instead, if any
 * @returns null after reported faults
 */
export function checkPlans(
  chosen: ChosenCurriculum,
  arms: readonly CheckedArm[],
  arm: CheckedArm | null,
  model: CheckedModel,
  train: CheckedTrain,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedPlans | null {
  const planner = new Planner(model, evaluator, reporter);
  const request = (
    parts: PlanRequest["parts"],
    span: Span,
    schedule: PlanRequest["schedule"] = train.schedule,
  ) =>
    planner.plan({
      parts,
      span,
      schedule,
      common: train.settings.optimizer.rate,
      commonSpan: train.rateSpan,
      length: train.settings.length,
      lengthSpan: train.lengthSpan,
    });
  const own = request(chosen.parts, chosen.span);
  const programs: ArmProgram[] = [];
  for (const { name, curricula, parts, span, schedule } of arms) {
    const plan = request(parts, span, schedule ?? undefined);
    // All arms are looked at, so that each fault is said.
    if (plan !== null) programs.push({ name, curricula, plan: { ...plan, curriculum: name } });
  }
  const plan = arm === null ? own : (programs.find(({ name }) => name === arm.name)?.plan ?? null);
  if (own === null || plan === null || programs.length < arms.length) return null;
  const planned = [
    { plan: own, parts: chosen.parts, schedule: train.schedule },
    ...arms.flatMap(({ parts, schedule }, i) => {
      const program = programs[i];
      return program === undefined
        ? []
        : [{ plan: program.plan, parts, schedule: schedule ?? train.schedule }];
    }),
  ];
  return { plan: tabled(plan, train), arms: programs, planned };
}

/** The levels of the run and of every arm alone, where `train` has faults: rates can't be told, levels can. */
export function checkLevels(
  chosen: ChosenCurriculum,
  arms: readonly CheckedArm[],
  model: CheckedModel,
  evaluator: Evaluator,
  reporter: Reporter,
): void {
  const planner = new Planner(model, evaluator, reporter);
  for (const { parts, span } of [chosen, ...arms]) planner.checkLevels(parts, span);
}

/** With its rates as numbers, where they don't depend on the size of the data. */
function tabled(plan: UntabledPlan, train: CheckedTrain): RatePlan {
  const clock = symbolicClock(plan, train.settings.length);
  const untabled = { ...plan, table: null };
  return { ...plan, table: clock && rateTable(untabled, clock) };
}
