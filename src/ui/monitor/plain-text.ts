import type { Line } from "../text.js";
import type { Frame } from "./frame.js";
import { layoutFor } from "./frame.js";
import { plainLog } from "./log-pane.js";
import { paneLines } from "./panes.js";
import { pictureLines } from "./picture.js";
import { levelNames } from "./rate-pane.js";
import type { PaneName, View } from "./view.js";

/**
 * The chosen pane as plain text, without one the whole picture: no codes, no tabs, no spaces at the ends of lines. All
 * levels of the rate plan, and all of the log that is kept, are in it, however high the window is.
 */
export function plainText(frame: Frame): string[] {
  const { pane } = frame.view;
  if (pane === "log") return plainLog(frame);
  const closed: View = { ...frame.view, help: false, zoomed: false, notice: null };
  const lines = pane === null ? pictureLines({ ...frame, view: closed }) : plainPane(frame, pane);
  return lines.map(textOf);
}

function plainPane(frame: Frame, name: Exclude<PaneName, "log">): Line[] {
  const layout = layoutFor(frame.columns, frame.rows);
  const rows = { loss: frame.rows - 5, metric: frame.rows - 5, time: 8, system: 8 };
  const height = name === "rates" ? levelNames(frame.state).length + 3 : rows[name];
  const size = { width: frame.columns, height: Math.max(6, height) };
  return paneLines(frame, name, size, layout === "line" ? "narrow" : layout);
}

function textOf(line: Line): string {
  return line
    .map((part) => part.text)
    .join("")
    .trimEnd();
}
