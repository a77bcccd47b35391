import { formatSignificant, printable } from "../../base/format.js";
import { type AxisRange, lossAxis, shareAxis } from "../charts/axis.js";
import { chartLines } from "../charts/chart.js";
import { cells, justify, type Line, lineCells, span } from "../text.js";
import { isShare } from "../wording.js";
import type { Frame, Layout } from "./frame.js";
import { type PaneSize, pane, paneTitle } from "./pane.js";
import { timeWindow, type View, windowName } from "./view.js";

const labelWidth = 5;

export function lossPane(frame: Frame, size: PaneSize): Line[] {
  const { state, view, glyphs } = frame;
  const axis = lossRange(frame);
  const kind = axis?.kind ?? view.lossAxis;
  const rows = chartLines(
    {
      train: state.trainLoss,
      val: state.valLoss,
      seams: state.seams,
      window: timeWindow(view, state),
      smoothing: view.smoothing,
      cursor: view.cursor,
      axis,
      share: false,
      width: size.width - 2,
      height: size.height - 2,
      timeAxis: true,
      labelWidth,
      labels: "ticks",
    },
    glyphs,
  );
  return pane(paneTitle(frame, "loss", "loss"), legends(frame, kind), rows, size, glyphs);
}

export function metricPane(frame: Frame, size: PaneSize, layout: Layout): Line[] {
  const { state, view, glyphs } = frame;
  const name = printable(state.metric ?? "accuracy");
  const share = isShare(name);
  const shown = view.shown.metric;
  const rows = chartLines(
    {
      train: state.trainMetric,
      val: state.valMetric,
      seams: state.seams,
      window: timeWindow(view, state),
      smoothing: view.smoothing,
      cursor: view.cursor,
      axis: share ? shareAxis(shown) : shown === null ? null : lossAxis(shown, "linear"),
      share,
      width: size.width - 2,
      height: size.height - 2,
      timeAxis: true,
      labelWidth,
      labels: "ticks",
    },
    glyphs,
  );
  const kind = layout === "full" ? "linear" : null;
  return pane(paneTitle(frame, "metric", name), legends(frame, kind), rows, size, glyphs);
}

/** `smooth 0.6`, where curves are smoothed. */
function smoothingName({ smoothing }: Pick<View, "smoothing">): string[] {
  return smoothing === 0 ? [] : [`smooth ${smoothing}`];
}

function lossRange(frame: Frame): AxisRange | null {
  const { shown, lossAxis: wanted } = frame.view;
  return shown.loss === null ? null : lossAxis(shown.loss, wanted);
}

/**
 * `train  ◆ val   live · log`, and shorter wordings of it for where there is less room. Which stretch is shown is in all
 * of them; the line of the training curve needs the least explanation, then the axis, whose ticks are seen.
 */
function legends(frame: Frame, axis: string | null): Line[] {
  const { glyphs, view } = frame;
  const reading = frame.reading === null ? [] : [`reading ${Math.floor(frame.reading * 100)} %`];
  const facts = (...middle: readonly string[]) =>
    [windowName(view), ...middle, ...reading].join(` ${glyphs.separator} `);
  const smoothing = smoothingName(view);
  const all = facts(...(axis === null ? [] : [axis]), ...smoothing);
  const train = [span("train", "train"), span("  ")];
  const val = span(`${glyphs.val} val`, "val");
  const words = (text: string) => span(text, "dim");
  return [
    [...train, val, words(`   ${all}`)],
    [val, words(`   ${all}`)],
    [words(all)],
    [words(facts(...smoothing))],
    [words(facts())],
    [words(windowName(view))],
  ];
}

/** The one chart of a narrow window: a row of facts, then the curve between its two ends. */
export function narrowChart(frame: Frame, height: number): Line[] {
  const { state, view, glyphs } = frame;
  const axis = lossRange(frame);
  const last = (value: number | undefined) => (value === undefined ? "-" : formatSignificant(value, 3));
  const trainMark = glyphs.ascii ? ". " : "";
  const val = state.valLoss.length > 0 ? state.valLoss.at(state.valLoss.length - 1).last : undefined;
  const values = [
    span("loss  ", "title"),
    span(`${trainMark}train ${last(state.lastStep?.loss)}`, "train"),
    span("  "),
    span(`${glyphs.val} val ${last(val)}`, "val"),
  ];
  const facts = [windowName(view), axis?.kind ?? view.lossAxis, ...smoothingName(view)];
  // The values stay whole: smoothing, then the axis go first.
  while (facts.length > 1 && lineCells(values) + 1 + cells(facts.join(", ")) > frame.columns) facts.pop();
  const title = justify(values, [span(facts.join(", "), "dim")], frame.columns, glyphs.ellipsis);
  const rows = chartLines(
    {
      train: state.trainLoss,
      val: state.valLoss,
      seams: state.seams,
      window: timeWindow(view, state),
      smoothing: view.smoothing,
      cursor: view.cursor,
      axis,
      share: false,
      width: frame.columns,
      height: height - 1,
      timeAxis: false,
      labelWidth: 4,
      labels: "ends",
    },
    glyphs,
  );
  return [title, ...rows];
}
