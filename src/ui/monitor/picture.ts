import { formatSignificant } from "../../base/format.js";
import { statusOf } from "../status.js";
import { fitLine, type Line, span } from "../text.js";
import { paint } from "../theme.js";
import { formatEpoch, leftSentence } from "../wording.js";
import { narrowChart } from "./chart-panes.js";
import { cursorSentence } from "./cursor.js";
import { askedText, footerLines } from "./footer.js";
import { type Frame, type Layout, layoutFor } from "./frame.js";
import { headerLines } from "./header.js";
import { helpPane } from "./help.js";
import { logRows } from "./log-pane.js";
import { paneLines } from "./panes.js";
import { levelNames, levelSentence, narrowRates } from "./rate-pane.js";
import { timeLine } from "./system-panes.js";

type Roomy = Exclude<Layout, "line">;

/** One picture of a run: at most `rows` - 1 rows, each as wide as the window or less. */
export function pictureLines(frame: Frame): Line[] {
  const layout = layoutFor(frame.columns, frame.rows);
  if (layout === "line") return [oneLine(frame)];
  if (frame.view.help) return help(frame, layout);
  if (frame.view.zoomed) return zoomed(frame, layout);
  if (layout === "narrow") return narrow(frame);
  return layout === "full" ? full(frame) : overview(frame);
}

/** The same as text with the codes of the frame's theme, a string for each row. */
export function paintedPicture(frame: Frame): string[] {
  return pictureLines(frame).map((line) =>
    paint(fitLine(line, frame.columns, frame.glyphs.ellipsis), frame.theme),
  );
}

/** The chosen pane over the whole window, between header and footer; a cursor has a row of its own below it. */
function zoomed(frame: Frame, layout: Roomy): Line[] {
  const footer = footerLines(frame, layout);
  const told = frame.view.cursor === null || frame.view.pane === "log" ? [] : [momentLine(frame)];
  const height = frame.rows - 1 - 3 - footer.length - told.length;
  return [
    ...headerLines(frame, layout),
    ...paneLines(frame, frame.view.pane ?? "rates", { width: frame.columns, height }, layout),
    ...told,
    ...footer,
  ];
}

function overview(frame: Frame): Line[] {
  const { columns: width } = frame;
  const footer = footerLines(frame, "overview");
  const levels = levelNames(frame.state).length;
  // Header, time line and footer stay; the log takes two rows, the strip its levels, and the charts what is left.
  const free = frame.rows - 1 - 3 - 1 - footer.length;
  const log = Math.max(0, 2 - (footer.length - 1));
  const rates = Math.min(levels + 3, Math.max(5, free - log - 7));
  const chart = free - log - rates;
  return [
    ...headerLines(frame, "overview"),
    ...charts(frame, chart, "overview"),
    ...paneLines(frame, "rates", { width, height: rates }, "overview"),
    askedLine(frame) ?? (frame.view.cursor === null ? timeLine(frame) : momentLine(frame)),
    ...filled(logRows(frame, log, " "), log),
    ...footer,
  ];
}

const lowerPanes = 8;

function full(frame: Frame): Line[] {
  const { columns: width } = frame;
  const footer = footerLines(frame, "full");
  const levels = levelNames(frame.state).length;
  const free = frame.rows - 1 - 3 - lowerPanes - 1 - footer.length;
  const rates = Math.min(levels + 3, Math.max(5, free - 10));
  const time = 36;
  const system = 40;
  const lower = (name: "time" | "system" | "log", size: number) =>
    paneLines(frame, name, { width: size, height: lowerPanes }, "full");
  return [
    ...headerLines(frame, "full"),
    ...charts(frame, free - rates, "full"),
    ...paneLines(frame, "rates", { width, height: rates }, "full"),
    ...beside(lower("time", time), lower("system", system), lower("log", width - time - system)),
    askedLine(frame) ?? momentLine(frame),
    ...footer,
  ];
}

function charts(frame: Frame, height: number, layout: Roomy): Line[] {
  const left = Math.floor(frame.columns / 2);
  return beside(
    paneLines(frame, "loss", { width: left, height }, layout),
    paneLines(frame, "metric", { width: frame.columns - left, height }, layout),
  );
}

function narrow(frame: Frame): Line[] {
  const footer = footerLines(frame, "narrow");
  const levels = levelNames(frame.state).length;
  const free = frame.rows - 1 - 3 - footer.length - 1;
  const rates = Math.max(0, Math.min(levels + 1, free - 5));
  const told = frame.view.cursor === null ? (logRows(frame, 1, "")[0] ?? []) : momentLine(frame);
  return [
    ...headerLines(frame, "narrow"),
    ...filled(narrowChart(frame, free - rates), free - rates),
    ...filled(narrowRates(frame, rates), rates),
    askedLine(frame) ?? told,
    ...footer,
  ];
}

/** `epoch 2.41/30  loss 0.412  23 min left  ?`: a window too small for anything else. */
function oneLine(frame: Frame): Line {
  const { state } = frame;
  const status = statusOf(state, frame.now);
  const facts = [
    `epoch ${state.epoch.toFixed(2)}/${formatEpoch(state.epochs)}`,
    ...(state.lastStep === null ? [] : [`loss ${formatSignificant(state.lastStep.loss, 3)}`]),
    status.kind === "running" ? leftSentence(state.left.seconds) : status.word,
    "?",
  ];
  const { question, notice } = frame.view;
  if (question !== null) return [span(question === "abort" ? "abort? y/N" : "leave l, stop s, Esc", "warn")];
  return [span(notice ?? facts.join("  "))];
}

function help(frame: Frame, layout: Roomy): Line[] {
  const footer = footerLines(frame, layout);
  const height = frame.rows - 1 - 1 - footer.length;
  const shown = Math.min(height, 18);
  return [
    ...headerLines(frame, layout).slice(0, 1),
    ...helpPane(frame, { width: frame.columns, height: shown }),
    ...filled([], height - shown),
    ...footer,
  ];
}

/** What was sent and is not answered yet; null when nothing is. */
function askedLine(frame: Frame): Line | null {
  const asked = askedText(frame);
  return asked === null ? null : [span(` ${asked}`, "warn")];
}

/** What the chosen pane has to say of the cursor's moment, or of now: measurements, or a level's rate. */
function momentLine(frame: Frame): Line {
  const { view, state } = frame;
  const charted = view.pane !== null && view.pane !== "rates";
  return [span((charted ? cursorSentence(view, state, frame.columns) : null) ?? levelSentence(frame))];
}

/** Panes of one height, from left to right; their rows are exactly as wide as they are. */
function beside(...panes: readonly (readonly Line[])[]): Line[] {
  return (panes[0] ?? []).map((_, row) => panes.flatMap((pane) => pane[row] ?? []));
}

/** Exactly `count` lines. */
function filled(lines: readonly Line[], count: number): Line[] {
  return Array.from({ length: Math.max(0, count) }, (_, i) => lines[i] ?? []);
}
