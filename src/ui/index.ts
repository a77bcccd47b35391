import type { FrameOptions } from "./monitor/render-frame.js";
import type { MonitorOptions, MonitorResult } from "./monitor/run-monitor.js";
import type { RunState } from "./state.js";

export { type ClosingOptions, closingLines } from "./closing-lines.js";
export { LineReporter, type LineReporterOptions } from "./line-reporter.js";
export { formatMetric } from "./wording.js";
export type { FrameOptions, MonitorOptions, MonitorResult };

/** React's development build checks and records what a finished program need not; it is chosen when Ink is loaded. */
function chooseProductionBuild(): void {
  process.env.NODE_ENV ??= "production";
}

/** See `monitor/run-monitor.tsx`. Ink and React are loaded here and not before: lines of text do without them. */
export async function runMonitor(options: MonitorOptions): Promise<MonitorResult> {
  chooseProductionBuild();
  const monitor = await import("./monitor/run-monitor.js");
  return monitor.runMonitor(options);
}

/** One picture of a run as text; see `monitor/render-frame.tsx`. */
export async function renderFrame(state: RunState, options: FrameOptions): Promise<string> {
  chooseProductionBuild();
  const frame = await import("./monitor/render-frame.js");
  return frame.renderFrame(state, options);
}
