import { formatDuration, printable } from "../../base/format.js";
import type { LogEntry } from "../state.js";
import { cells, fitLine, type Line, type Style, span, wrap } from "../text.js";
import type { Frame } from "./frame.js";
import { matches, searchSummary } from "./log-search.js";
import { type PaneSize, pane, paneTitle } from "./pane.js";
import { logUpTo } from "./view.js";

const styles: Readonly<Record<LogEntry["kind"], Style>> = {
  info: "text",
  good: "text",
  warn: "warn",
  error: "error",
};

/** The newest log entries, a row each, oldest on top. */
export function logRows(frame: Frame, count: number, indent: string): Line[] {
  const gap = indent === "" ? " " : "  ";
  return logUpTo(frame.view, frame.state)
    .slice(-count)
    .map((entry) => [
      span(`${indent}${formatDuration(entry.seconds)}${gap}`, "dim"),
      span(entry.text, styles[entry.kind]),
    ]);
}

/** The log with long entries broken at spaces; the newest rows that fit. */
export function logPane(frame: Frame, size: PaneSize): Line[] {
  const inner = size.width - 3;
  const room = size.height - 2;
  const { search, logAt } = frame.view;
  const upTo = logUpTo(frame.view, frame.state);
  const rows: Line[] = [];
  for (const entry of upTo.slice(-room).reverse()) {
    const time = `${formatDuration(entry.seconds)}  `;
    const found = search !== null && !search.typing && matches(entry, search.text);
    const mark = found && entry.number === logAt ? frame.glyphs.selected : " ";
    const style = found ? "title" : styles[entry.kind];
    const wrapped = wrap(entry.text, inner - cells(time), "  ").map((text): Line => {
      return [span(mark), span(time, "dim"), span(text, style)];
    });
    rows.unshift(...wrapped);
    if (rows.length >= room) break;
  }
  const shown = rows.slice(-room).map((row) => fitLine(row, size.width - 2, frame.glyphs.ellipsis));
  return pane(
    paneTitle(frame, "log", "log"),
    logFacts(frame, frame.state.log.length - upTo.length),
    shown,
    size,
    frame.glyphs,
  );
}

/** `"loss" 2 of 5 · 12 newer below`, then the shorter one. */
function logFacts(frame: Frame, newer: number): Line[] {
  const found = searchSummary(frame.view, frame.state);
  const where = span(newer === 0 ? "live" : `${newer} newer below`, "dim");
  if (found === null) return [[where]];
  return [[span(`${printable(found)} ${frame.glyphs.separator} `, "dim"), where], [where]];
}

/** All of the log that is kept, an entry a line, unbroken: to be copied. */
export function plainLog(frame: Frame): string[] {
  return frame.state.log.map((entry) => `${formatDuration(entry.seconds)}  ${entry.text}`);
}
