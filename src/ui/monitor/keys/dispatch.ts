import { printable } from "../../../base/format.js";
import { searchFor } from "../log-search.js";
import type { Question, View } from "../view.js";
import { type KeyBinding, type KeyContext, keyLabel, type MonitorActions } from "./binding.js";
import { keyBindings } from "./table.js";

/** Does what a key means now; where that is nothing, the footer says why. */
export function dispatch(key: string, context: KeyContext): void {
  const { view, actions } = context;
  if (view.notice !== null) actions.change((seen) => ({ ...seen, notice: null }));
  // Ctrl-C works everywhere, whatever is asked or typed.
  if (key === "ctrl-c") perform(key, context);
  else if (view.question !== null) answer(view.question, key, actions);
  else if (view.search?.typing === true) typeSearch(key, view.search.text, context);
  else if (key === "escape") actions.change(closed);
  else if (view.help && (key === "up" || key === "down")) scrollHelp(key, actions);
  else perform(key, context);
}

function perform(key: string, context: KeyContext): void {
  const binding = keyBindings.find((candidate) => candidate.keys.includes(key));
  if (binding === undefined) {
    notice(context, `${printable(keyLabel(key))} does nothing; ? shows the keys`);
    return;
  }
  const reason = refusal(binding, key, context);
  if (reason !== null) notice(context, `${keyLabel(key)} ${reason}`);
  else binding.run(context, key);
}

function refusal(binding: KeyBinding, key: string, context: KeyContext): string | null {
  const { search } = context.view;
  if ((key === "n" || key === "N") && search === null) return "needs a search first: / begins one";
  return binding.refusal?.(context) ?? null;
}

function notice({ actions }: KeyContext, text: string): void {
  actions.change((view) => ({ ...view, notice: text }));
}

/** Esc closes what was opened last: the help, the zoom, the search, the cursor. */
function closed(view: View): View {
  if (view.help) return { ...view, help: false };
  if (view.zoomed) return { ...view, zoomed: false };
  if (view.search !== null) return { ...view, search: null };
  return { ...view, cursor: null };
}

function scrollHelp(key: "up" | "down", actions: MonitorActions): void {
  const by = key === "up" ? -1 : 1;
  actions.change((view) => ({
    ...view,
    helpFrom: Math.min(keyBindings.length, Math.max(0, view.helpFrom + by)),
  }));
}

function typeSearch(key: string, text: string, { actions, state }: KeyContext): void {
  if (key === "escape" || (key === "enter" && text === "")) {
    actions.change((view) => ({ ...view, search: null }));
  } else if (key === "enter") {
    actions.change((view) => searchFor(view, state, text));
  } else {
    const typed = key === "backspace" ? [...text].slice(0, -1).join("") : text + characterOf(key);
    actions.change((view) => ({ ...view, search: { text: typed, typing: true } }));
  }
}

/** What a key adds to a text: nothing where it is not a character. */
function characterOf(key: string): string {
  if (key === "space") return " ";
  return [...key].length === 1 ? key : "";
}

function answer(question: Question, key: string, actions: MonitorActions): void {
  actions.change((view) => ({ ...view, question: null }));
  if (question === "abort") {
    if (key === "y" || key === "Y") actions.send("abort");
    return;
  }
  if (key === "l") actions.leave();
  else if (key === "s") actions.send("stop");
  else if (key !== "escape") actions.ask(question);
}
