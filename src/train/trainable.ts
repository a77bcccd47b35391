import { fail } from "../diagnostics/index.js";
import { type Clock, curriculumEnd, inSteps, isTime } from "../plan/index.js";
import type { TrainingProgram } from "../program/types.js";

/**
 * Refuses what a spec may say but this version can't train yet, rather than to train something else.
 * @throws LeracError L0550
 */
export function refuseUntrainable({ plan, train }: Pick<TrainingProgram, "plan" | "train">): void {
  const [modifier] = plan.modifiers ?? [];
  const what =
    modifier !== undefined
      ? { name: `training under \`${modifier.kind}\``, place: `curriculum ${plan.curriculum}` }
      : train.average !== undefined
        ? { name: `\`average ${train.average.kind}\``, place: "train" }
        : null;
  if (what === null) return;
  throw fail("missing", "L0550", `${what.name} is not built yet`, {
    at: { place: what.place },
    notes: [
      "the spec can be checked and planned; nothing was run, since the result would not be what it says",
    ],
  });
}

/**
 * `weights` of a spec are checked, but not read yet: a run that would start from other numbers is refused.
 * @throws LeracError L0536
 */
export function refuseWeights({ weights = [] }: Pick<TrainingProgram, "weights">, init: object | null): void {
  const [first] = weights;
  if (first === undefined || init !== null) return;
  throw fail("missing", "L0536", "reading the files of `weights` is not built yet", {
    at: { place: first.file },
    notes: [`\`${first.address}\` would start from random numbers instead; nothing was run`],
    helps: ["start from weights in lerac's own layout with `--init FILE`, such as a checkpoint of a run"],
  });
}

/**
 * Refuses a plan whose curriculum ends after the run, which only the size of the data can tell where epochs and steps
 * are mixed.
 * @throws LeracError L0414, L0421
 */
export function refuseLatePlan({ plan }: Pick<TrainingProgram, "plan">, clock: Clock): void {
  const k = curriculumEnd(plan, clock);
  const size = `an epoch of these data has ${clock.stepsPerEpoch} steps, the run ${clock.steps}`;
  if (k > clock.steps + 1e-9) {
    throw fail("spec", "L0414", "the curriculum would end after the run", {
      at: { place: `curriculum ${plan.curriculum}` },
      notes: [size, `it ends at step ${Math.round(k)}`],
      helps: ["end it earlier, or train longer"],
    });
  }
  const instants = Object.values(plan.schedule).flatMap((value) => (Array.isArray(value) ? value : []));
  const early = instants.filter(isTime).find((instant) => inSteps(instant, clock) < k - 1e-9);
  if (early === undefined) return;
  throw fail("spec", "L0421", `the rate drop at ${early.value} ${early.unit} would never happen`, {
    at: { place: `schedule ${plan.schedule.kind}` },
    notes: [size, `until step ${Math.round(k)} the curriculum alone sets every rate`],
    helps: ["move it behind the end of the curriculum"],
  });
}
