import {
  formatCount,
  formatRate,
  formatSignificant,
  plural,
  printable,
  scientific,
} from "../../base/format.js";
import type { Glyphs } from "../glyphs.js";
import { nextChange } from "../rate-view.js";
import type { RunState } from "../state.js";
import { cells, cutMiddle, fitLine, fittingFacts, type Line, padLeft, padRight, span } from "../text.js";
import { formatEpoch } from "../wording.js";
import { momentOf, ratesAtMoment } from "./cursor.js";
import type { Frame } from "./frame.js";
import { type PaneSize, pane, paneTitle } from "./pane.js";
import { type Strip, stripFor, stripScale, stripSpans } from "./rate-strip.js";

interface Columns {
  readonly number: number;
  readonly address: number;
  readonly strip: Strip;
}

/** Characters of the columns right of the strip: now and next; update/weight and gradient besides. */
const nowWidth = 9;
const nextWidth = 14;
const wideNextWidth = 16;
const ratioWidth = 19;
const gradientWidth = 11;
const widestAddress = 18;

/**
 * What stands right of the strip besides rates: nothing, how the weights take them, or that with a picture of it. The
 * numbers alone are for a zoomed pane in a window that has no room for the picture.
 */
export type RateDetail = "rates" | "numbers" | "full";

/** Columns of a detail: the strip begins closer to the addresses where there is more to show. */
const detailWidths: Readonly<
  Record<RateDetail, { next: number; ratio: number; gradient: number; gap: number; address: number }>
> = {
  rates: { next: nextWidth, ratio: 0, gradient: 2, gap: 3, address: widestAddress },
  numbers: { next: nextWidth, ratio: 15, gradient: gradientWidth, gap: 1, address: 9 },
  full: { next: wideNextWidth, ratio: ratioWidth, gradient: gradientWidth, gap: 1, address: widestAddress },
};

/** Names of the levels, in plan order. */
export function levelNames(state: RunState): string[] {
  return state.start?.levels.map((level) => printable(level.address)) ?? state.plan.rates(0).map(() => "-");
}

/** The rate plan: a strip a level, what is in force, what comes next, and as much besides as `detail` says. */
export function ratePane(frame: Frame, size: PaneSize, detail: RateDetail): Line[] {
  const { state, glyphs } = frame;
  const names = levelNames(state);
  const inner = size.width - 2;
  const number = names.length.toString().length;
  const widths = detailWidths[detail];
  const address = Math.max(5, Math.min(widths.address, Math.max(...names.map(cells), 0)));
  const tail = nowWidth + widths.next + widths.ratio + widths.gradient;
  const room = inner - prefixWidth({ number, address }, detail) - tail;
  const strip = stripFor(state, frame.view, room);
  const columns: Columns = { number, address, strip };
  const rows = [headLine(frame, columns, detail)];
  const shown = visibleLevels(names.length, frame.view.level, size.height - 3);
  for (const level of shown.levels) rows.push(levelLine(frame, level, names[level] ?? "", columns, detail));
  if (shown.hidden > 0) rows.push([span(` +${shown.hidden} more ${glyphs.more}`, "dim")]);
  return pane(
    paneTitle(frame, "rates", "rate plan"),
    planFacts(frame, strip, detail === "full"),
    rows,
    size,
    glyphs,
  );
}

/** The levels that a pane has rows for: the first, the last, the chosen one and its neighbours stay. */
export function visibleLevels(
  count: number,
  chosen: number,
  rows: number,
): { readonly levels: readonly number[]; readonly hidden: number } {
  if (count <= rows) return { levels: Array.from({ length: count }, (_, i) => i), hidden: 0 };
  const room = Math.max(1, rows - 1);
  const kept = new Set<number>();
  const keep = (level: number) => {
    if (level >= 0 && level < count && kept.size < room) kept.add(level);
  };
  for (const level of [chosen, 0, count - 1]) keep(level);
  for (let distance = 1; kept.size < room; distance++) {
    keep(chosen + distance);
    keep(chosen - distance);
  }
  return { levels: [...kept].sort((a, b) => a - b), hidden: count - kept.size };
}

function prefixWidth(columns: Pick<Columns, "number" | "address">, detail: RateDetail): number {
  // Space, number, space, address, then what is between it and the strip.
  return 1 + columns.number + 1 + columns.address + detailWidths[detail].gap;
}

function headLine(frame: Frame, columns: Columns, detail: RateDetail): Line {
  const prefix = padRight(" level", prefixWidth(columns, detail));
  const now = padRight(momentTitle(frame), nowWidth);
  const next = padRight("  next", detailWidths[detail].next);
  const more =
    detail === "rates" ? "" : `${padRight("  update/weight", detailWidths[detail].ratio + 2)}gradient`;
  return [
    span(prefix, "dim"),
    span(stripScale(columns.strip, frame.state.epoch, frame.view.cursor, frame.glyphs), "text"),
    span(now + next + more, "dim"),
  ];
}

/** The title over the rates: `now`, or the moment of the cursor. */
function momentTitle({ view }: Frame): string {
  return view.cursor === null ? "  now" : `  @${view.cursor.toFixed(2)}`;
}

function levelLine(frame: Frame, level: number, name: string, columns: Columns, detail: RateDetail): Line {
  const { state, glyphs, view } = frame;
  const differs = state.audit.differing.includes(level);
  const mark = differs ? glyphs.axis.gap : (level + 1).toString();
  const t = Math.min(state.epoch, state.plan.epochs);
  const moment = momentOf(view, state);
  const rate = ratesAtMoment(view, state)[level] ?? 0;
  const chosen = detail !== "rates" && level === view.level;
  return [
    span(` ${padLeft(mark, columns.number)} `, differs ? "error" : "text"),
    span(
      padRight(cutMiddle(name, columns.address, glyphs.ellipsis), columns.address),
      chosen ? "title" : "text",
    ),
    span(" ".repeat(detailWidths[detail].gap)),
    ...stripSpans(state.plan, state.scale, level, t, view.cursor, columns.strip, glyphs),
    span(padRight(`  ${formatRate(rate, 3)}`, nowWidth)),
    span(padRight(`  ${nextText(state, level, moment)}`, detailWidths[detail].next)),
    ...(detail === "rates" ? [] : responseSpans(state, level, detail, glyphs)),
  ];
}

/** `9.96e-2 at 6`; `as optimizer` where the plan keeps the rate to the end of the run. */
function nextText(state: RunState, level: number, t: number): string {
  const change = nextChange(state.plan, level, t);
  return change === null ? "as optimizer" : `${formatRate(change.rate, 3)} at ${change.at}`;
}

/** How the weights of a level take its rate: size of an update against the weights, and of the gradient. */
function responseSpans(state: RunState, level: number, detail: RateDetail, glyphs: Glyphs): Line {
  const ratio = state.lastStep?.update_ratio[level];
  const gradient = state.lastStep?.grad_norm[level];
  const known = ratio !== undefined && Number.isFinite(ratio);
  return [
    span(
      padRight(`  ${known ? scientific(ratio, 2) : "-"}`, detail === "full" ? 9 : detailWidths[detail].ratio),
    ),
    ...(detail === "full" ? gauge(known ? ratio : 0, glyphs) : []),
    span(`  ${gradient === undefined ? "-" : formatSignificant(gradient, 2)}`),
  ];
}

const gaugeCells = 10;

/** Column of an update-to-weight ratio on a logarithmic axis from 1e-7 to 1e-1. */
export function gaugeColumn(ratio: number): number {
  const share = (Math.log10(ratio) + 7) / 6;
  return Math.min(gaugeCells - 1, Math.max(0, Math.round(share * (gaugeCells - 1))));
}

function gauge(ratio: number, glyphs: Glyphs): Line {
  const at = ratio > 0 ? gaugeColumn(ratio) : -1;
  // 1e-3 is the usual healthy value.
  const healthy = gaugeColumn(1e-3);
  const cell = (i: number) => (i === healthy ? glyphs.gauge.healthy : glyphs.gauge.empty);
  const run = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => cell(from + i)).join("");
  if (at < 0) return [span(run(0, gaugeCells), "dim")];
  return [span(run(0, at), "dim"), span(glyphs.gauge.mark, "train"), span(run(at + 1, gaugeCells), "dim")];
}

/** `epochs 0 to 6 of 30 · audit ok`, then the shorter one. */
function planFacts(frame: Frame, strip: Strip, full: boolean): Line[] {
  const { state, glyphs } = frame;
  const { until, epochs } = state.plan;
  const separator = ` ${glyphs.separator} `;
  const facts = [`epochs 0 to ${formatEpoch(strip.to)} of ${formatEpoch(epochs)}`];
  if (full && until !== null) facts.push(`curriculum until ${formatEpoch(until)}`);
  const audit = auditText(state, full);
  const line: Line = [span(facts.join(separator), "dim")];
  return audit === null ? [line] : [[...line, span(separator, "dim"), audit], [audit]];
}

/** Whether the applied rates were the planned ones; null before the first comparison. */
export function auditText(state: RunState, full: boolean): { text: string; style: "ok" | "error" } | null {
  const { equal, checks, differing } = state.audit;
  if (differing.length > 0) return { text: "audit failed", style: "error" };
  if (equal === 0) return null;
  if (!full) return { text: "audit ok", style: "ok" };
  return { text: `audit ok, ${formatCount(equal)} of ${plural(checks, "check")}`, style: "ok" };
}

/** The rows of a narrow window: no frame, no `next`. */
export function narrowRates(frame: Frame, rows: number): Line[] {
  const { state, glyphs, columns: width } = frame;
  const names = levelNames(state);
  const number = names.length.toString().length;
  const address = Math.max(5, Math.min(9, Math.max(...names.map(cells), 0)));
  const prefix = number + 1 + address + 2;
  const strip = stripFor(state, frame.view, width - prefix - 15);
  const audit = auditText(state, false);
  const t = Math.min(state.epoch, state.plan.epochs);
  const lines: Line[] = [
    fitLine(
      [
        span(padRight("rates", prefix), "title"),
        span(stripScale(strip, state.epoch, frame.view.cursor, glyphs)),
        span(` ${momentTitle(frame)}`, "dim"),
        ...(audit === null ? [] : [span(" "), span(audit.text, audit.style)]),
      ],
      width,
      glyphs.ellipsis,
    ),
  ];
  const shown = visibleLevels(names.length, frame.view.level, rows - 1);
  for (const level of shown.levels) {
    const differs = state.audit.differing.includes(level);
    const rate = ratesAtMoment(frame.view, state)[level] ?? 0;
    lines.push([
      span(padLeft(differs ? glyphs.axis.gap : (level + 1).toString(), number), differs ? "error" : "text"),
      span(` ${padRight(cutMiddle(names[level] ?? "", address, glyphs.ellipsis), address)}  `),
      ...stripSpans(state.plan, state.scale, level, t, frame.view.cursor, strip, glyphs),
      span(`   ${formatRate(rate, 3)}`),
    ]);
  }
  if (shown.hidden > 0) lines.push([span(`+${shown.hidden} more`, "dim")]);
  return lines;
}

/** What the chosen level does: ` focus: rate plan   3 layer1.1 at epoch 3.42   rate 1.29e-2, at 4 it becomes 2.15e-2`. */
export function levelSentence(frame: Frame): string {
  const { state, view } = frame;
  const names = levelNames(state);
  const name = names[view.level];
  if (name === undefined) return "";
  const t = momentOf(view, state);
  const change = nextChange(state.plan, view.level, t);
  const rate = formatRate(ratesAtMoment(view, state)[view.level] ?? 0, 3);
  const next = change === null ? "" : `, at ${change.at} it becomes ${formatRate(change.rate, 3)}`;
  const focused = view.pane === "rates" && frame.columns >= 120;
  const parameters = state.start?.levels[view.level]?.parameters;
  const facts = [
    ...(focused ? [" focus: rate plan"] : []),
    `${focused ? "" : " level "}${view.level + 1} ${name} at epoch ${t.toFixed(2)}`,
    `rate ${rate}${next}`,
    ...(parameters === undefined ? [] : [`${formatCount(parameters)} parameters`]),
  ];
  return fittingFacts(facts, frame.columns);
}
