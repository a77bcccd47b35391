import { formatCount, plural, printable } from "../../base/format.js";
import { exitText } from "../closing-lines.js";
import { statusOf } from "../status.js";
import { cells, cut, type Line, type Span, span, wrapFacts } from "../text.js";
import { shortId } from "../wording.js";
import { failureText } from "./failure.js";
import type { Frame, Layout } from "./frame.js";
import type { KeyBinding } from "./keys/binding.js";
import { keyBindings } from "./keys/table.js";

/** The last rows: a question, what became of the run, or the keys that do something now. At least one row. */
export function footerLines(frame: Frame, layout: Exclude<Layout, "line">): Line[] {
  const indent = layout === "narrow" ? "" : " ";
  const bar = barLines(frame);
  const room = frame.columns - indent.length;
  if (bar !== null)
    return bar.flatMap(({ text, style }) =>
      wrapFacts(text, room, "  ").map((row): Line => [span(indent), span(row, style)]),
    );
  return [[span(indent), span(keysText(frame, layout), "dim")]];
}

/** Facts of the last rows, which are wrapped where the window is narrow. */
function barLines(frame: Frame): Span[] | null {
  const { state, view } = frame;
  if (view.question === "abort") {
    return [
      span(`drop ${plural(stepsSinceCheckpoint(frame), "step")} since the last checkpoint? y/N`, "warn"),
    ];
  }
  if (view.search?.typing === true) return [span(searchPrompt(frame, view.search.text), "title")];
  if (view.notice !== null) return [span(view.notice, "warn")];
  if (view.question === "leave") return [span("leave it running (l), stop it (s), stay (Esc)", "warn")];
  const id = shortId(state.run);
  switch (statusOf(state, frame.now).kind) {
    case "stopping":
      return [span(stoppingText(frame), "warn")];
    case "finished":
      return [span(`q leave   next: lerac show ${id}`, "ok")];
    case "stopped":
    case "aborted":
      return [span(endText(frame, id), "warn")];
    case "failed": {
      const why = failureText(state);
      return [...(why === null ? [] : [span(why, "error")]), span(endText(frame, id), "warn")];
    }
    case "crashed":
      return crashLines(frame, id);
    case "silent":
      return [span(`last event at ${lastEventTime(frame)}; nothing is assumed   ? help  q leave`, "warn")];
    default:
      if (view.asked.includes("stop")) return [span(`asked to stop. ${againText(frame)}`, "warn")];
      return null;
  }
}

/** `finishing step 2,035, then saving. Ctrl-C again: abort, keeps ckpt-001688 (loses 346 steps)`. */
function stoppingText(frame: Frame): string {
  const { state } = frame;
  return `finishing step ${formatCount(state.step + 1)}, then saving. ${againText(frame)}`;
}

function againText(frame: Frame): string {
  const { checkpoint } = frame.state;
  const lost = plural(stepsSinceCheckpoint(frame), "step");
  const kept = checkpoint === null ? `keeps nothing` : `keeps ${checkpoint.name}`;
  return `Ctrl-C again: abort, ${kept} (loses ${lost})`;
}

function stepsSinceCheckpoint(frame: Frame): number {
  return Math.max(0, frame.state.step - (frame.state.checkpoint?.step ?? 0));
}

function endText(frame: Frame, id: string): string {
  const { checkpoint } = frame.state;
  if (checkpoint === null) return `nothing was saved   look at it: lerac show ${id}`;
  return `saved ${checkpoint.name}   go on: lerac resume ${id}`;
}

function crashLines(frame: Frame, id: string): Span[] {
  const { state } = frame;
  const said = state.trainerExit?.stderr.slice(-3) ?? [];
  const good =
    state.checkpoint === null
      ? "nothing was saved"
      : `last good: ${state.checkpoint.name}   go on: lerac resume ${id}`;
  return [
    span(`the trainer ended without a word (${exitText(state)})`, "error"),
    ...said.map((line) =>
      span(`  ${cut(printable(line), frame.columns - 3, frame.glyphs.ellipsis)}`, "error"),
    ),
    span(good, "warn"),
  ];
}

function lastEventTime(frame: Frame): string {
  const { last } = frame.state.clock;
  return last === null ? "unknown" : `${new Date(last).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `/loss_   Enter searches the log  Esc ends the search`; of a long text its end is seen. */
function searchPrompt(frame: Frame, text: string): string {
  const keys = "   Enter searches  Esc ends";
  const typed = [...printable(text)].slice(-Math.max(1, frame.columns - keys.length - 4)).join("");
  return `/${typed}_${keys}`;
}

/** The keys that do something now. Where there is no room for all, those in the middle go: help has them. */
function keysText(frame: Frame, layout: Layout): string {
  const shown = keyBindings
    .filter((binding) => binding.footer[layout] !== undefined && (binding.refusal?.(frame) ?? null) === null)
    .toSorted((a, b) => a.order - b.order)
    .map((binding) => ({ keys: binding.keys, text: keyText(frame, binding, layout) }));
  const text = () => shown.map((key) => key.text).join("  ");
  for (const droppable of ["e", "c", "m", "l", "w", "f"]) {
    if (cells(text()) + 2 <= frame.columns) break;
    const at = shown.findIndex((key) => key.keys.includes(droppable));
    if (at !== -1) shown.splice(at, 1);
  }
  return text();
}

function keyText(frame: Frame, binding: KeyBinding, layout: Layout): string {
  const { state, view } = frame;
  if (binding.keys.includes("space") && state.paused) return "space continues";
  if (binding.keys.includes("s") && state.stopsAfterEpoch) {
    return `stops after epoch ${Math.floor(state.epoch) + 1}, s takes it back`;
  }
  if (binding.keys.includes("f") && view.window.kind !== "live") return "f live";
  return binding.footer[layout] ?? "";
}

/** `asked: pause, checkpoint`: what was sent and is not answered yet; null when nothing is. */
export function askedText(frame: Frame): string | null {
  const { asked } = frame.view;
  if (asked.length === 0) return null;
  return `asked: ${asked.map((name) => name.replaceAll("_", " ")).join(", ")}; the trainer has not answered yet`;
}
