import type { Glyphs } from "../glyphs.js";
import { heatStep, type PlanView, type RateScale } from "../rate-view.js";
import type { RunState } from "../state.js";
import { type HeatStep, type Line, type Span, span } from "../text.js";
import type { View } from "./view.js";

/** The stretch of the plan that a strip shows and where its characters are. */
export interface Strip {
  /** Epochs from 0 up to here. */
  readonly to: number;
  /** Characters. */
  readonly width: number;
  readonly perEpoch: number;
}

/**
 * While the curriculum runs, the strip shows it and one epoch more; from then on, and for `whole`, the run. A whole
 * number of characters an epoch where there is room for it, so that columns and epochs line up.
 */
export function stripFor(state: RunState, view: View, room: number): Strip {
  const { until, epochs } = state.plan;
  const curriculum = until === null ? 0 : Math.ceil(until) + 1;
  const whole = view.window.kind === "whole" || until === null || state.epoch >= curriculum;
  const to = Math.max(1, whole ? epochs : Math.min(curriculum, epochs));
  const perEpoch = room >= to ? Math.floor(room / to) : room / to;
  return { to, perEpoch, width: Math.min(room, Math.floor(perEpoch * to)) };
}

/** Column of the strip where time t is. */
export function nowColumn(strip: Strip, t: number): number {
  return Math.min(strip.width - 1, Math.max(0, Math.floor(t * strip.perEpoch + 1e-9)));
}

/** The heights of a level's rates over time, the moment of now as a line between them. */
export function stripSpans(
  plan: PlanView,
  scale: RateScale,
  level: number,
  t: number,
  cursor: number | null,
  strip: Strip,
  glyphs: Glyphs,
): Line {
  const spans: Span[] = [];
  const now = nowColumn(strip, t);
  const marked = cursorColumn(strip, cursor);
  for (let column = 0; column < strip.width; column++) {
    const cell =
      column === now
        ? span(glyphs.nowLine, "now")
        : column === marked
          ? span(glyphs.axis.cursor, "now")
          : heatCell(plan.rates(Math.min(column / strip.perEpoch, plan.epochs))[level] ?? 0, scale, glyphs);
    const last = spans.at(-1);
    if (last?.style === cell.style) spans[spans.length - 1] = span(last.text + cell.text, cell.style);
    else spans.push(cell);
  }
  return spans;
}

function heatCell(rate: number, scale: RateScale, glyphs: Glyphs): Span {
  const height = heatStep(rate, scale, glyphs.heat.length);
  const colour = heatStep(rate, scale, 8);
  if (height === null || colour === null) return span(glyphs.frozen, "dim");
  return span(glyphs.heat[height] ?? "", `heat${colour as HeatStep}`);
}

/** Column of the strip where the cursor is; null where there is none, or it is beyond. */
function cursorColumn(strip: Strip, cursor: number | null): number | null {
  return cursor === null || cursor > strip.to ? null : nowColumn(strip, cursor);
}

/** The epochs above a strip, the mark over now and that over the cursor: `0   ▲  1      2 ▼    3`. */
export function stripScale(strip: Strip, t: number, cursor: number | null, glyphs: Glyphs): string {
  const cells = Array.from({ length: strip.width }, () => " ");
  const step = labelStep(strip);
  for (let epoch = 0; epoch < strip.to; epoch += step) {
    const label = epoch.toString();
    const at = Math.floor(epoch * strip.perEpoch + 1e-9);
    if (at + label.length > strip.width) break;
    for (let i = 0; i < label.length; i++) cells[at + i] = label.charAt(i);
  }
  const marked = cursorColumn(strip, cursor);
  if (marked !== null) cells[marked] = glyphs.cursorMark;
  cells[nowColumn(strip, t)] = glyphs.nowMark;
  return cells.join("");
}

/** Epochs between two labels: the smallest round number that keeps them apart. */
function labelStep(strip: Strip): number {
  const widest = strip.to.toString().length + 2;
  for (let power = 1; ; power *= 10) {
    for (const factor of [1, 2, 5]) {
      if (factor * power * strip.perEpoch >= widest || factor * power >= strip.to) return factor * power;
    }
  }
}
