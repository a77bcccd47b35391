import { statusOf } from "../status.js";
import { type Line, padRight, span } from "../text.js";
import type { Frame } from "./frame.js";
import { type KeyBinding, keyBindings } from "./keys.js";
import { pane } from "./pane.js";

const labelWidth = 13;

/** The help, made from the table of keys: what does nothing now is dim, and why is said. */
export function helpPane(frame: Frame, size: { readonly width: number; readonly height: number }): Line[] {
  const inner = size.width - 2;
  const left = group(frame, "view");
  const right = [...group(frame, "run"), [], ...group(frame, "monitor")];
  const rows: Line[] =
    inner >= 76 ? sideBySide(left, right, 40) : [...left, [], ...right].filter((line) => line.length > 0);
  if (!frame.state.live) {
    const keys = keyBindings.filter((binding) => binding.needsLiveRun).map((binding) => binding.keys[0]);
    const kind = statusOf(frame.state, frame.now).kind;
    rows.push([]);
    rows.push([span(` dim = not now: ${keys.join(", ")} need a live run (this one: ${kind})`, "dim")]);
  }
  return pane("help", [span("Esc closes", "dim")], rows, size, frame.glyphs);
}

function group(frame: Frame, name: KeyBinding["group"]): Line[] {
  const bindings = keyBindings.filter((binding) => binding.group === name);
  return [
    [span(` ${name}`, "title")],
    ...bindings.map((binding): Line => {
      const style = binding.needsLiveRun && !frame.state.live ? "dim" : "text";
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
