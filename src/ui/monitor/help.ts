import { statusOf } from "../status.js";
import { type Line, padRight, span } from "../text.js";
import type { Frame } from "./frame.js";
import { type KeyBinding, keyLabel } from "./keys/binding.js";
import { keyBindings } from "./keys/table.js";
import { type PaneSize, pane } from "./pane.js";

const labelWidth = 13;

/** The help, made from the table of keys: what does nothing now is dim, and why is said. */
export function helpPane(frame: Frame, size: PaneSize): Line[] {
  const inner = size.width - 2;
  const left = group(frame, "view");
  const right = [...group(frame, "run"), [], ...group(frame, "monitor")];
  const rows: Line[] =
    inner >= 76 ? sideBySide(left, right, 40) : [...left, ...right].filter((line) => line.length > 0);
  const dimmed = keyBindings.filter((binding) => refusal(binding, frame) !== null);
  if (dimmed.length > 0) {
    const keys = dimmed.map(({ keys }) => keyLabel(keys[0] ?? "")).join(", ");
    const { kind } = statusOf(frame.state, frame.now);
    rows.push([], [span(` dim = not now: ${keys} need a live run (this one: ${kind})`, "dim")]);
  }
  const hidden = Math.max(0, rows.length - (size.height - 2));
  const from = Math.min(frame.view.helpFrom, hidden);
  const closes = span("Esc closes", "dim");
  const facts = hidden === 0 ? [] : [span(`up down, ${hidden - from} below   `, "dim")];
  return pane("help", [[...facts, closes], [closes]], rows.slice(from), size, frame.glyphs);
}

function refusal(binding: KeyBinding, frame: Frame): string | null {
  return binding.refusal?.(frame) ?? null;
}

function group(frame: Frame, name: KeyBinding["group"]): Line[] {
  const bindings = keyBindings.filter((binding) => binding.group === name);
  return [
    [span(` ${name}`, "title")],
    ...bindings.map((binding): Line => {
      const style = refusal(binding, frame) === null ? "text" : "dim";
      return [span(`   ${padRight(binding.label, labelWidth)}${binding.help}`, style)];
    }),
  ];
}

function sideBySide(left: readonly Line[], right: readonly Line[], width: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const begin = left[row] ?? [];
    const text = begin.map((part) => part.text).join("");
    return [...begin, span(" ".repeat(Math.max(0, width - text.length))), ...(right[row] ?? [])];
  });
}
