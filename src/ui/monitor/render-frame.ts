import { glyphs } from "../glyphs.js";
import type { RunState } from "../state.js";
import type { Theme } from "../theme.js";
import type { Frame, OwnUsage } from "./frame.js";
import { paintedPicture } from "./picture.js";
import { firstView, grown, type View } from "./view.js";

export interface FrameOptions {
  /** Window in characters; the picture takes at most `rows` - 1. */
  readonly columns: number;
  readonly rows: number;
  readonly ascii: boolean;
  readonly theme: Theme;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly view?: View;
  readonly mode?: "run" | "watch";
  readonly usage?: OwnUsage | null;
}

/**
 * One picture of a run as text, drawn by the same functions as the live monitor; no trailing spaces, rows separated by
 * line feeds. With a theme of depth `none` it is plain text.
 */
export function renderFrame(state: RunState, options: FrameOptions): string {
  const frame: Frame = {
    state,
    view: grown(options.view ?? firstView, state),
    now: options.now,
    columns: options.columns,
    rows: options.rows,
    glyphs: glyphs(options.ascii),
    theme: options.theme,
    mode: options.mode ?? "watch",
    usage: options.usage ?? null,
    reading: null,
  };
  return paintedPicture(frame)
    .map((row) => row.trimEnd())
    .join("\n");
}
