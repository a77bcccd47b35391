import type { CommandName } from "../../runs/events.js";
import type { AxisKind } from "../charts/axis.js";
import type { RunState } from "../state.js";

/** Which stretch of the run the charts show. */
export type HistoryWindow =
  | { readonly kind: "live" }
  | { readonly kind: "whole" }
  | { readonly kind: "frozen"; readonly at: number };

/** A question that waits for an answer; every other key is then silent. */
export type Question = "abort" | "leave";

/** How the user looks at a run: what keys change and events do not. */
export interface View {
  readonly help: boolean;
  readonly question: Question | null;
  readonly window: HistoryWindow;
  readonly lossAxis: AxisKind;
  /** Index of the level that details are shown of. */
  readonly level: number;
  /** Commands that were sent and that the trainer has not answered yet. */
  readonly asked: readonly CommandName[];
  /** What both charts have shown so far since they were last set to live: their ranges only grow. */
  readonly shown: { readonly loss: ValueRange | null; readonly metric: ValueRange | null };
}

export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

export const firstView: View = {
  help: false,
  question: null,
  window: { kind: "live" },
  lossAxis: "log",
  level: 0,
  asked: [],
  shown: { loss: null, metric: null },
};

/** Steps that a live chart follows. */
const liveSteps = 2000;

/** The epochs that the charts show. */
export function timeWindow(view: View, state: RunState): { readonly from: number; readonly to: number } {
  const to = view.window.kind === "frozen" ? view.window.at : state.epoch;
  if (view.window.kind === "whole") return { from: 0, to };
  const steps = to * state.stepsPerEpoch;
  const from = Math.max(0, steps - liveSteps) / state.stepsPerEpoch;
  // The left end rests at the begin of an epoch, and moves once an epoch, where that at most doubles what is shown.
  const epoch = Math.floor(from);
  return { from: (from - epoch) * state.stepsPerEpoch <= liveSteps ? epoch : from, to };
}

/** The view with its charts' ranges widened to what the state now has to show. */
export function grown(view: View, state: RunState): View {
  const { from, to } = timeWindow(view, state);
  const loss = union(view.shown.loss, state.trainLoss.range(from, to), state.valLoss.range(from, to));
  const metric = union(view.shown.metric, state.trainMetric.range(from, to), state.valMetric.range(from, to));
  return { ...view, shown: { loss, metric } };
}

function union(...ranges: readonly (ValueRange | null)[]): ValueRange | null {
  let joined: ValueRange | null = null;
  for (const range of ranges) {
    if (range === null) continue;
    joined =
      joined === null
        ? range
        : { low: Math.min(joined.low, range.low), high: Math.max(joined.high, range.high) };
  }
  return joined;
}

/** `live`, `whole`, `frozen at 1.80`: said in the title of every chart. */
export function windowName(window: HistoryWindow): string {
  return window.kind === "frozen" ? `frozen at ${window.at.toFixed(2)}` : window.kind;
}
