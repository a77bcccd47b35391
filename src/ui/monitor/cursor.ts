import { printable } from "../../base/format.js";
import type { Series } from "../series.js";
import type { RunState } from "../state.js";
import { fittingFacts } from "../text.js";
import { formatMetric } from "../wording.js";
import { timeWindow, type View } from "./view.js";

/**
 * The view with its cursor one character of the chosen pane further on. In the charts it stays among what is shown; in
 * the rate plan, and where no pane is chosen, it may go through the whole run.
 */
export function moved(view: View, state: RunState, columns: number, by: 1 | -1): View {
  const charted = view.pane === "loss" || view.pane === "metric";
  const shown = timeWindow(view, state);
  const { from, to } = charted ? shown : { from: 0, to: state.plan.epochs };
  const width = charted && !view.zoomed ? columns / 2 : columns;
  // What stands beside the curve or the strip is not of it.
  const cells = Math.max(10, width - (charted ? 8 : 40));
  const length = charted ? to - from : stripLength(view, state);
  const at = (view.cursor ?? Math.min(to, Math.max(from, shown.to))) + (by * length) / cells;
  return { ...view, cursor: Math.min(to, Math.max(from, at)) };
}

/** Epochs that the strip shows: see `stripFor`. */
function stripLength(view: View, state: RunState): number {
  const { until, epochs } = state.plan;
  const whole = view.window.kind === "whole" || until === null || state.epoch >= Math.ceil(until) + 1;
  return whole ? epochs : Math.min(epochs, Math.ceil(until) + 1);
}

/** The moment that values are told of: the cursor's, else now. */
export function momentOf(view: View, state: RunState): number {
  return Math.min(view.cursor ?? state.epoch, state.plan.epochs);
}

/** Rates at the cursor by the plan, or those in force where there is none. */
export function ratesAtMoment(view: View, state: RunState): readonly number[] {
  return view.cursor === null ? state.rates : state.plan.rates(momentOf(view, state));
}

/** ` at epoch 1.80   loss 0.412, val 0.371   accuracy 87.4 %, val 87.1 %`; null without a cursor. */
export function cursorSentence(view: View, state: RunState, columns: number): string | null {
  const { cursor } = view;
  if (cursor === null) return null;
  // Nothing is known of what is still to come.
  const then = (metric: string, series: Series) =>
    formatMetric(metric, (cursor <= state.epoch ? series.valueAt(cursor) : null) ?? undefined);
  const fact = (metric: string, train: Series, val: Series) =>
    `${printable(metric)} ${then(metric, train)}, val ${then(metric, val)}`;
  const { metric } = state;
  const facts = [
    fact("loss", state.trainLoss, state.valLoss),
    ...(metric === null ? [] : [fact(metric, state.trainMetric, state.valMetric)]),
  ];
  // The chosen pane's is the one that stays where there is room for one.
  if (view.pane === "metric") facts.reverse();
  return fittingFacts([` at epoch ${cursor.toFixed(2)}`, ...facts], columns);
}
