import type { CommandName } from "../../runs/events.js";
import type { AxisKind } from "../charts/axis.js";
import type { LogEntry, RunState } from "../state.js";

/** Which stretch of the run the charts show. */
export type HistoryWindow =
  | { readonly kind: "live" }
  | { readonly kind: "whole" }
  | { readonly kind: "frozen"; readonly at: number };

/** A question that waits for an answer; every other key is then silent. */
export type Question = "abort" | "leave";

/** The panes in the order of their number keys. */
export const paneNames = ["loss", "metric", "rates", "time", "system", "log"] as const;
export type PaneName = (typeof paneNames)[number];

/** Weights that the training curves are smoothed with; 0 is not at all. */
export const smoothings = [0, 0.6, 0.9] as const;
export type Smoothing = (typeof smoothings)[number];

/** A text that is looked for in the log; while it is typed, keys go to it. */
export interface LogSearch {
  readonly text: string;
  readonly typing: boolean;
}

/** How the user looks at a run: what keys change and events do not. */
export interface View {
  readonly help: boolean;
  /** Rows of the help that are scrolled out above. */
  readonly helpFrom: number;
  readonly question: Question | null;
  readonly window: HistoryWindow;
  /** How often the charts' time is halved (above 0) or doubled (below 0). */
  readonly timeZoom: number;
  readonly lossAxis: AxisKind;
  readonly smoothing: Smoothing;
  /** A moment that all panes show, in epochs; null follows the run. */
  readonly cursor: number | null;
  /** The pane that up, down and zoom are about; null until one is chosen. */
  readonly pane: PaneName | null;
  /** The chosen pane has the whole window. */
  readonly zoomed: boolean;
  /** Number of the last log entry shown; null follows the log. */
  readonly logAt: number | null;
  readonly search: LogSearch | null;
  /** Why the last key did nothing. */
  readonly notice: string | null;
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
  helpFrom: 0,
  question: null,
  window: { kind: "live" },
  timeZoom: 0,
  lossAxis: "log",
  smoothing: 0,
  cursor: null,
  pane: null,
  zoomed: false,
  logAt: null,
  search: null,
  notice: null,
  level: 0,
  asked: [],
  shown: { loss: null, metric: null },
};

/** Steps that a live chart follows before it is zoomed. */
const liveSteps = 2000;

/** The view with its time zoomed in by one (`1`) or out (`-1`), as far as that shows something else. */
export function zoomed(view: View, by: 1 | -1): View {
  const least = view.window.kind === "whole" ? 0 : -4;
  const timeZoom = Math.min(6, Math.max(least, view.timeZoom + by));
  return timeZoom === view.timeZoom ? view : { ...view, timeZoom, shown: { loss: null, metric: null } };
}

export function nextSmoothing(smoothing: Smoothing): Smoothing {
  return smoothings[(smoothings.indexOf(smoothing) + 1) % smoothings.length] ?? 0;
}

/** Entries of the log up to the last one that a view shows. */
export function logUpTo(view: Pick<View, "logAt">, state: RunState): readonly LogEntry[] {
  const first = state.log[0]?.number ?? 0;
  // What was looked at may have been dropped in the meantime: the oldest entry that is left stands for it.
  return view.logAt === null ? state.log : state.log.slice(0, Math.max(1, view.logAt - first + 1));
}

/** The view with its log so many entries further on (below 0: back); at its end it follows the log again. */
export function logMoved(view: View, state: RunState, by: number): View {
  const first = state.log[0]?.number ?? 0;
  const last = state.log.at(-1)?.number ?? 0;
  const at = Math.max(first, (view.logAt ?? last) + by);
  return { ...view, logAt: at >= last ? null : at };
}

/** The epochs that the charts show. */
export function timeWindow(view: View, state: RunState): { readonly from: number; readonly to: number } {
  const to = view.window.kind === "frozen" ? view.window.at : state.epoch;
  if (view.window.kind === "whole") return { from: to - to / 2 ** view.timeZoom, to };
  const steps = to * state.stepsPerEpoch;
  const length = liveSteps / 2 ** view.timeZoom;
  const from = Math.max(0, steps - length) / state.stepsPerEpoch;
  // The left end rests at the begin of an epoch, and moves once an epoch, where that at most doubles what is shown.
  const epoch = Math.floor(from);
  return { from: (from - epoch) * state.stepsPerEpoch <= length ? epoch : from, to };
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

/** `live`, `whole x4` (a quarter of it, the newest), `frozen at 1.80`: said in the title of every chart. */
export function windowName({ window, timeZoom }: Pick<View, "window" | "timeZoom">): string {
  const name = window.kind === "frozen" ? `frozen at ${window.at.toFixed(2)}` : window.kind;
  if (timeZoom === 0) return name;
  return `${name} ${timeZoom > 0 ? `x${2 ** timeZoom}` : `x1/${2 ** -timeZoom}`}`;
}
