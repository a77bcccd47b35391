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
