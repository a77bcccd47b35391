import type { Glyphs } from "../glyphs.js";
import type { RunState } from "../state.js";
import type { Theme } from "../theme.js";
import type { View } from "./view.js";

/** What the monitor's own process costs; it is told in the time and system panes. */
export interface OwnUsage {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

/** Everything that one picture of the monitor is made from: it depends on nothing else. */
export interface Frame {
  readonly state: RunState;
  readonly view: View;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Window of the terminal, in characters; a picture takes at most `rows` - 1 of them. */
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly theme: Theme;
  readonly mode: "run" | "watch";
  readonly usage: OwnUsage | null;
  /** Share of a long history that is read so far; null when all of it is. */
  readonly reading: number | null;
}

export type Layout = "full" | "overview" | "narrow" | "line";

/** The arrangement that fits a window. */
export function layoutFor(columns: number, rows: number): Layout {
  if (columns >= 120 && rows >= 36) return "full";
  if (columns >= 80 && rows >= 24) return "overview";
  if (columns >= 48 && rows >= 16) return "narrow";
  return "line";
}
