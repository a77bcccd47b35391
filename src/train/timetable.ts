import { stepsPerEpoch } from "../data/index.js";
import { fail } from "../diagnostics/index.js";
import { type Clock, inSteps } from "../plan/index.js";
import type { TrainingProgram } from "../program/types.js";
import type { RunOptions } from "../runs/index.js";

/** What happens after which step. */
export interface Timetable {
  /** Of the whole plan, also where the run ends before. */
  readonly clock: Clock;
  /** Where this run ends. */
  readonly lastStep: number;
  /** Steps between two evaluations, at least 1; may be a fraction. */
  readonly evaluateEvery: number;
}

/** @throws LeracError L0307 when the samples do not make one batch. */
export function makeTimetable(
  program: TrainingProgram,
  samples: number,
  options: Pick<RunOptions, "epochs" | "steps">,
): Timetable {
  const { batch, lastBatch, length, evaluateEvery } = program.train;
  const perEpoch = stepsPerEpoch(samples, batch, lastBatch);
  if (perEpoch === 0)
    throw fail("missing", "L0307", `\`train\` has ${samples} samples: no full batch of ${batch}`, {
      notes: ["`last_batch drop` leaves out what does not fill a batch"],
      helps: ["make `batch` smaller, or write `last_batch keep`"],
    });
  const steps = length.unit === "epochs" ? Math.round(length.value * perEpoch) : length.value;
  const clock = { stepsPerEpoch: perEpoch, steps };
  const lastStep = Math.min(
    steps,
    options.epochs === null ? steps : Math.round(options.epochs * perEpoch),
    options.steps ?? steps,
  );
  return { clock, lastStep, evaluateEvery: Math.max(1, inSteps(evaluateEvery, clock)) };
}

/** Whether an epoch is complete after `step` steps. */
export function endsEpoch({ clock }: Timetable, step: number): boolean {
  return step > 0 && step % clock.stepsPerEpoch === 0;
}

/** Whether an evaluation is due after `step` steps: at every multiple of the interval, and at the end. */
export function evaluationDue(timetable: Timetable, step: number): boolean {
  if (step === 0) return false;
  return step === timetable.lastStep || multiples(timetable, step) > multiples(timetable, step - 1);
}

/** Number of evaluations due after later steps. */
export function evaluationsAhead(timetable: Timetable, step: number): number {
  const { lastStep } = timetable;
  if (step >= lastStep) return 0;
  const atTheEnd = multiples(timetable, lastStep) > multiples(timetable, lastStep - 1) ? 0 : 1;
  return multiples(timetable, lastStep) - multiples(timetable, step) + atTheEnd;
}

/** Whole intervals within `step` steps. The slack keeps a fraction of an epoch on its own step. */
function multiples({ evaluateEvery }: Timetable, step: number): number {
  return Math.floor(step / evaluateEvery + 1e-9);
}
