import { formatDuration } from "../../base/format.js";
import type { LogEntry } from "../state.js";
import { cells, fitLine, type Line, type Style, span, wrap } from "../text.js";
import type { Frame } from "./frame.js";
import { pane, paneTitle } from "./pane.js";

const styles: Readonly<Record<LogEntry["kind"], Style>> = {
  info: "text",
  good: "text",
  warn: "warn",
  error: "error",
};

/** The newest log entries, a row each, oldest on top. */
export function logRows(frame: Frame, count: number, indent: string): Line[] {
  const gap = indent === "" ? " " : "  ";
  return frame.state.log
    .slice(-count)
    .map((entry) => [
      span(`${indent}${formatDuration(entry.seconds)}${gap}`, "dim"),
      span(entry.text, styles[entry.kind]),
    ]);
}

/** The log with long entries broken at spaces; the newest rows that fit. */
export function logPane(frame: Frame, size: { readonly width: number; readonly height: number }): Line[] {
  const inner = size.width - 3;
  const room = size.height - 2;
  const { logBack } = frame.view;
  const end = Math.max(1, frame.state.log.length - logBack);
  const rows: Line[] = [];
  for (const entry of frame.state.log.slice(0, end).slice(-room).reverse()) {
    const time = `${formatDuration(entry.seconds)}  `;
    const wrapped = wrap(entry.text, inner - cells(time), "  ").map((text): Line => {
      return [span(` ${time}`, "dim"), span(text, styles[entry.kind])];
    });
    rows.unshift(...wrapped);
    if (rows.length >= room) break;
  }
  const shown = rows.slice(-room).map((row) => fitLine(row, size.width - 2, frame.glyphs.ellipsis));
  return pane(
    paneTitle(frame, "log", "log"),
    [span(logBack === 0 ? "live" : `${logBack} newer below`, "dim")],
    shown,
    size,
    frame.glyphs,
  );
}
