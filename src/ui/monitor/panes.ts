import type { Line } from "../text.js";
import { lossPane, metricPane } from "./chart-panes.js";
import type { Frame, Layout } from "./frame.js";
import { logPane } from "./log-pane.js";
import type { PaneSize } from "./pane.js";
import { narrowRates, ratePane } from "./rate-pane.js";
import { systemPane, timePane } from "./system-panes.js";
import type { PaneName } from "./view.js";

/** A pane by its name: exactly as many rows as its size says. */
export function paneLines(
  frame: Frame,
  name: PaneName,
  size: PaneSize,
  layout: Exclude<Layout, "line">,
): Line[] {
  switch (name) {
    case "loss":
      return lossPane(frame, size);
    case "metric":
      return metricPane(frame, size, layout);
    case "rates": {
      if (layout === "full") return ratePane(frame, size, "full");
      if (layout === "overview") return ratePane(frame, size, frame.view.zoomed ? "numbers" : "rates");
      const rows = narrowRates(frame, size.height);
      return Array.from({ length: size.height }, (_, row) => rows[row] ?? []);
    }
    case "time":
      return timePane(frame, size);
    case "system":
      return systemPane(frame, size);
    case "log":
      return logPane(frame, size);
  }
}
