import { formatSignificant, printable } from "../../base/format.js";
import { type AxisRange, lossAxis, shareAxis } from "../charts/axis.js";
import { chartLines } from "../charts/chart.js";
import { justify, type Line, span } from "../text.js";
import { isShare } from "../wording.js";
import type { Frame, Layout } from "./frame.js";
import { type PaneSize, pane, paneTitle } from "./pane.js";
import { timeWindow, type View, windowName } from "./view.js";

const labelWidth = 5;

export function lossPane(frame: Frame, size: PaneSize): Line[] {
  const { state, view, glyphs } = frame;
  const axis = lossRange(frame);
  const facts = [windowName(view), axis?.kind ?? view.lossAxis, ...smoothingName(view)];
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
  return pane(paneTitle(frame, "loss", "loss"), legend(frame, facts), rows, size, glyphs);
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
  const facts = [windowName(view), ...(layout === "full" ? ["linear"] : []), ...smoothingName(view)];
  return pane(paneTitle(frame, "metric", name), legend(frame, facts), rows, size, glyphs);
}

/** `smooth 0.6`, where curves are smoothed. */
function smoothingName({ smoothing }: Pick<View, "smoothing">): string[] {
  return smoothing === 0 ? [] : [`smooth ${smoothing}`];
}

function lossRange(frame: Frame): AxisRange | null {
  const { shown, lossAxis: wanted } = frame.view;
  return shown.loss === null ? null : lossAxis(shown.loss, wanted);
}

/** `train  ◆ val   live · log`. */
function legend(frame: Frame, facts: readonly string[]): Line {
  const { glyphs } = frame;
  const reading = frame.reading === null ? [] : [`reading ${Math.floor(frame.reading * 100)} %`];
  return [
    span("train", "train"),
    span("  "),
    span(`${glyphs.val} val`, "val"),
    span(`   ${[...facts, ...reading].join(` ${glyphs.separator} `)}`, "dim"),
  ];
}

/** The one chart of a narrow window: a row of facts, then the curve between its two ends. */
export function narrowChart(frame: Frame, height: number): Line[] {
  const { state, view, glyphs } = frame;
  const axis = lossRange(frame);
  const last = (value: number | undefined) => (value === undefined ? "-" : formatSignificant(value, 3));
  const trainMark = glyphs.ascii ? ". " : "";
  const val = state.valLoss.length > 0 ? state.valLoss.at(state.valLoss.length - 1).last : undefined;
  const title = justify(
    [
      span("loss  ", "title"),
      span(`${trainMark}train ${last(state.lastStep?.loss)}`, "train"),
      span("  "),
      span(`${glyphs.val} val ${last(val)}`, "val"),
    ],
    [span([windowName(view), axis?.kind ?? view.lossAxis, ...smoothingName(view)].join(", "), "dim")],
    frame.columns,
    glyphs.ellipsis,
  );
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
