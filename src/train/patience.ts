import { isBetter } from "./selection.js";

/** How a watched metric stands. Plain data; it travels in the checkpoint. */
export interface Watched {
  /** Null before the first measurement. */
  readonly best: number | null;
  /** Completed steps when it became better for the last time, or when patience was given anew. */
  readonly since: number;
}

/**
 * A watched metric after one more measurement.
 *
 * @param threshold how much better it must become to count, as a share of the best value
 */
export function watch(
  before: Watched | null,
  metric: string,
  value: number,
  step: number,
  threshold = 0,
): Watched {
  if (before === null || before.best === null) return { best: value, since: before?.since ?? step };
  const margin = threshold * Math.abs(before.best);
  const [low, high] = [before.best - margin, before.best + margin];
  // Better than both is better by the margin, whichever way is up.
  return isBetter(metric, value, low) && isBetter(metric, value, high)
    ? { best: value, since: step }
    : before;
}

/** Whether it has stayed as it is for so many steps. */
export function isOver({ since }: Watched, step: number, patience: number): boolean {
  return step - since >= patience - 1e-9;
}

/** What a schedule that watches a metric has seen. Plain data; it travels in the checkpoint. */
export interface Plateau {
  /** Null before the first measurement. */
  readonly watched: Watched | null;
  /** How often it has lowered the rate. */
  readonly drops: number;
}

export const freshPlateau: Plateau = { watched: null, drops: 0 };

/**
 * A schedule after one more measurement: one more drop where the metric has stayed as it is for as long as `patience`,
 * in steps, which it is then given anew, with its best value so far.
 */
export function plateauAfter(
  before: Plateau,
  rule: { readonly metric: string; readonly threshold: number; readonly patience: number },
  value: number,
  step: number,
): Plateau & { readonly watched: Watched } {
  const watched = watch(before.watched, rule.metric, value, step, rule.threshold);
  if (!isOver(watched, step, rule.patience)) return { watched, drops: before.drops };
  return { watched: { ...watched, since: step }, drops: before.drops + 1 };
}
