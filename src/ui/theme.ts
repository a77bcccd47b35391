import type { HeatStep, Line, Style } from "./text.js";

/** What a terminal can show and how the user wants it. */
export interface Theme {
  readonly name: "dark" | "light" | "mono";
  readonly depth: "none" | "16" | "truecolor";
}

export type ThemeName = "auto" | Theme["name"];

interface Palette {
  readonly train: string;
  readonly val: string;
  readonly ok: string;
  readonly warn: string;
  readonly error: string;
}

const palettes: Readonly<Record<"dark" | "light", Palette>> = {
  dark: { train: "#56B4E9", val: "#E69F00", ok: "#2FB58A", warn: "#F0E442", error: "#FF8066" },
  light: { train: "#0072B2", val: "#A34A00", ok: "#00745A", warn: "#7A5C00", error: "#B3261E" },
};

/** SGR parameters of the terminal's own colours, which follow the user's theme. */
const sixteen: Readonly<Record<keyof Palette, string>> = {
  train: "36",
  val: "33",
  ok: "32",
  warn: "33",
  error: "31",
};

/** Eight steps of cividis (Nuñez, Anderton, Renslow 2018), dark to bright: readable with every colour vision. */
const cividis = ["#35527F", "#4A6279", "#5F7078", "#737F77", "#8A8E78", "#A79F6C", "#C9B458", "#FEE838"];

/**
 * The theme for a stream, from `--theme`, the environment and nothing else: a terminal is never asked by escape codes,
 * because on a slow link it answers late, into the prompt.
 */
export function chooseTheme(wanted: ThemeName, env: Readonly<Record<string, string | undefined>>): Theme {
  const asked = wanted === "auto" ? (env.LERAC_THEME ?? "auto") : wanted;
  if (asked === "mono" || env.TERM === "dumb") return { name: "mono", depth: "none" };
  // https://no-color.org: present and not empty, whatever its value.
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return { name: "mono", depth: "none" };
  const truecolor = /^(truecolor|24bit)$/i.test(env.COLORTERM ?? "");
  const depth = truecolor ? "truecolor" : "16";
  if (asked === "dark" || asked === "light") return { name: asked, depth };
  const background = lastField(env.COLORFGBG);
  // Nothing known about the background: the 16 colours are the user's own, and right on any.
  if (background === null) return { name: "dark", depth: "16" };
  return { name: background === 7 || background === 15 ? "light" : "dark", depth };
}

/** COLORFGBG is `foreground;background` or `foreground;default;background`, numbers of the 16 colours. */
function lastField(value: string | undefined): number | null {
  const last = value?.split(";").at(-1);
  return last !== undefined && /^\d+$/.test(last) ? Number(last) : null;
}

/** True where only ASCII can be shown: asked for, or a locale that is not UTF-8. */
export function asciiOnly(
  flag: boolean,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): boolean {
  if (flag) return true;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  // Windows has no locale variables; its terminal shows Unicode, the old console host (no WT_SESSION) may not.
  if (locale === undefined || locale === "") return platform === "win32" && env.WT_SESSION === undefined;
  return !/utf-?8/i.test(locale);
}

/** A line as text with the SGR codes of the theme. No background is ever set. */
export function paint(line: Line, theme: Theme): string {
  if (theme.depth === "none") return line.map((part) => part.text).join("");
  let painted = "";
  let open: string | null = null;
  for (const part of line) {
    const code = sgr(part.style, theme);
    if (code !== open) {
      if (open !== null) painted += "\u001b[0m";
      if (code !== null) painted += `\u001b[${code}m`;
      open = code;
    }
    painted += part.text;
  }
  return open === null ? painted : `${painted}\u001b[0m`;
}

function sgr(style: Style, theme: Theme): string | null {
  switch (style) {
    case "text":
      return null;
    case "dim":
    case "border":
      return "90";
    case "title":
    case "now":
      return "1";
    case "train":
    case "val":
    case "ok":
    case "warn":
    case "error":
      return theme.depth === "truecolor" && theme.name !== "mono"
        ? foreground(palettes[theme.name][style])
        : sixteen[style];
    default:
      return heatColour(Number(style.slice(4)) as HeatStep, theme);
  }
}

function heatColour(step: HeatStep, theme: Theme): string | null {
  // With 16 colours the height alone is the value.
  if (theme.depth !== "truecolor") return null;
  const colour = cividis[theme.name === "light" ? cividis.length - 1 - step : step];
  return colour === undefined ? null : foreground(colour);
}

function foreground(hex: string): string {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return `38;2;${channel(1)};${channel(3)};${channel(5)}`;
}
