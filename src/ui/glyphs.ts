/** The characters that screens are drawn with: one set for UTF-8 terminals, one of plain ASCII. */
export interface Glyphs {
  readonly ascii: boolean;
  readonly ellipsis: string;
  readonly separator: string;
  readonly border: {
    readonly topLeft: string;
    readonly topRight: string;
    readonly bottomLeft: string;
    readonly bottomRight: string;
    readonly horizontal: string;
    readonly vertical: string;
  };
  readonly axis: {
    readonly vertical: string;
    readonly tick: string;
    readonly corner: string;
    readonly seam: string;
    readonly gap: string;
    readonly cursor: string;
  };
  readonly bar: {
    readonly full: string;
    readonly half: string;
    readonly empty: string;
    readonly open: string;
    readonly close: string;
  };
  /** A share of a cell, from the narrowest to the whole cell. */
  readonly eighths: readonly string[];
  readonly val: string;
  readonly nowLine: string;
  readonly nowMark: string;
  /** Where the cursor is, on a scale of time. */
  readonly cursorMark: string;
  /** A dot of a smoothed curve where dots are characters. */
  readonly smooth: string;
  /** Heights from the lowest to the highest planned rate. */
  readonly heat: readonly string[];
  readonly frozen: string;
  readonly gauge: { readonly mark: string; readonly healthy: string; readonly empty: string };
  readonly badges: Readonly<Record<BadgeGlyph, string>>;
  readonly more: string;
  readonly selected: string;
}

export type BadgeGlyph =
  | "waiting"
  | "running"
  | "paused"
  | "evaluating"
  | "stopping"
  | "finished"
  | "stopped"
  | "failed"
  | "silent"
  | "health"
  | "resumed";

const unicode: Glyphs = {
  ascii: false,
  ellipsis: "…",
  separator: "·",
  border: {
    topLeft: "╭",
    topRight: "╮",
    bottomLeft: "╰",
    bottomRight: "╯",
    horizontal: "─",
    vertical: "│",
  },
  axis: { vertical: "│", tick: "┤", corner: "└", seam: "┆", gap: "✗", cursor: "╎" },
  bar: { full: "━", half: "╸", empty: "─", open: "", close: "" },
  eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
  val: "◆",
  nowLine: "│",
  nowMark: "▼",
  cursorMark: "▲",
  smooth: "",
  heat: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
  frozen: "·",
  gauge: { mark: "●", healthy: "┊", empty: "·" },
  badges: {
    waiting: "◌",
    running: "●",
    paused: "‖",
    evaluating: "◇",
    stopping: "◍",
    finished: "✓",
    stopped: "■",
    failed: "✗",
    silent: "?",
    health: "!",
    resumed: "↻",
  },
  more: "↓",
  selected: "▸",
};

const ascii: Glyphs = {
  ascii: true,
  ellipsis: "~",
  separator: "-",
  border: {
    topLeft: "+",
    topRight: "+",
    bottomLeft: "+",
    bottomRight: "+",
    horizontal: "-",
    vertical: "|",
  },
  axis: { vertical: "|", tick: "+", corner: "+", seam: ":", gap: "x", cursor: "!" },
  bar: { full: "=", half: ">", empty: ".", open: "[", close: "]" },
  eighths: ["#"],
  val: "o",
  nowLine: "|",
  nowMark: "v",
  cursorMark: "^",
  smooth: "*",
  heat: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  frozen: ".",
  gauge: { mark: "*", healthy: ":", empty: "." },
  badges: {
    waiting: "",
    running: "*",
    paused: "",
    evaluating: "",
    stopping: "",
    finished: "",
    stopped: "",
    failed: "",
    silent: "?",
    health: "!",
    resumed: "resumed",
  },
  more: "more",
  selected: ">",
};

export function glyphs(asciiOnly: boolean): Glyphs {
  return asciiOnly ? ascii : unicode;
}
