import { formatRate, formatSignificant } from "../base/format.js";
import { fail, type LeracError } from "../diagnostics/index.js";
import type { StepOutcome } from "../engine/executor.js";
import type { RatePlan } from "../plan/index.js";
import type { HealthEvent } from "../runs/index.js";

/** Levels named in the message at most; of more, the fastest. */
const levelsShown = 6;

/** A number that is none, and where it was found. */
export interface Ailment {
  /** Readable in a sentence: "the loss", "the gradient of `head`". */
  readonly what: string;
  readonly value: number;
  readonly address: string | null;
  readonly pass: HealthEvent["pass"];
}

/**
 * What is not finite in the outcome of a step: the loss, else the gradient of a level; null when all is well. Of a step
 * whose gradients were not measured the loss alone can tell; a gradient that was none shows in the loss of the next.
 */
export function findAilment(outcome: StepOutcome, plan: RatePlan): Ailment | null {
  if (!Number.isFinite(outcome.loss))
    return { what: "the loss", value: outcome.loss, address: null, pass: "forward" };
  const level = outcome.gradNorm.findIndex((norm) => !Number.isFinite(norm));
  if (level === -1) return null;
  const address = plan.levels[level]?.address ?? null;
  const value = outcome.gradNorm[level] ?? Number.NaN;
  return { what: `the gradient of \`${address}\``, value, address, pass: "backward" };
}

/** A tensor that is not finite, before it would be kept: a checkpoint has to be a state to go on from. */
export function findUnsound(tensors: ReadonlyMap<string, { readonly values: Float32Array }>): Ailment | null {
  for (const [address, { values }] of tensors) {
    for (const value of values) {
      if (!Number.isFinite(value)) return { what: `\`${address}\``, value, address, pass: "update" };
    }
  }
  return null;
}

export function healthEvent(ailment: Ailment): HealthEvent {
  return {
    type: "health",
    kind: Number.isNaN(ailment.value) ? "nan" : "inf",
    address: ailment.address,
    tensor: null,
    pass: ailment.pass,
    action: "stop",
  };
}

/** The end of a run whose numbers left the finite. `step` is the step that showed it, counted from 1. */
export function healthFailure(
  ailment: Ailment,
  at: {
    readonly step: number;
    readonly epoch: number;
    readonly plan: RatePlan;
    readonly rates: Float32Array;
    readonly checkpoint: string | null;
  },
): LeracError {
  const became = formatSignificant(ailment.value, 3);
  return fail("training", "L0504", `${ailment.what} became ${became} at step ${at.step}`, {
    notes: [
      `the rates were ${ratesText(at.plan, at.rates)}, at epoch ${at.epoch.toFixed(2)}`,
      at.checkpoint === null
        ? "there is no checkpoint from before"
        : `the last good state is kept in ${at.checkpoint}`,
    ],
    helps: ["start with lower rates, or let them grow over more epochs (`until`)"],
  });
}

/** Rates by level, fastest first where there are many. */
function ratesText(plan: RatePlan, rates: Float32Array): string {
  const levels = plan.levels.map((level, index) => ({ address: level.address, rate: rates[index] ?? 0 }));
  if (levels.length > levelsShown) levels.sort((a, b) => b.rate - a.rate);
  const shown = levels.slice(0, levelsShown).map(({ address, rate }) => `${address} ${formatRate(rate, 3)}`);
  const more = levels.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} lower ones` : "");
}
