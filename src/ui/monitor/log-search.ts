import type { LogEntry, RunState } from "../state.js";
import type { View } from "./view.js";

/** Whether an entry of the log has a text, in whatever case of letters. */
export function matches(entry: LogEntry, text: string): boolean {
  return entry.text.toLowerCase().includes(text.toLowerCase());
}

/** The log, zoomed, at the newest entry that has a text; where none has it, the log stays where it is. */
export function searchFor(view: View, state: RunState, text: string): View {
  const shown: View = { ...view, search: { text, typing: false }, pane: "log", zoomed: true };
  const newest = state.log.findLast((entry) => matches(entry, text));
  return newest === undefined ? shown : { ...shown, logAt: newest.number };
}

/** The log at the match before the one shown; before the oldest comes the newest. */
export function olderMatch(view: View, state: RunState): View {
  const found = matching(view, state);
  const at = view.logAt ?? Number.POSITIVE_INFINITY;
  return shownAt(view, found.findLast((entry) => entry.number < at) ?? found.at(-1));
}

/** The log at the match after the one shown; after the newest comes the oldest. */
export function newerMatch(view: View, state: RunState): View {
  const found = matching(view, state);
  const at = view.logAt ?? Number.POSITIVE_INFINITY;
  return shownAt(view, found.find((entry) => entry.number > at) ?? found[0]);
}

/** `"loss" 2 of 5` counted from the newest; null without a search. */
export function searchSummary(view: View, state: RunState): string | null {
  if (view.search === null || view.search.typing) return null;
  const found = matching(view, state);
  const quoted = `"${view.search.text}"`;
  if (found.length === 0) return `${quoted} not found`;
  const at = found.findIndex((entry) => entry.number === view.logAt);
  return at === -1 ? `${quoted} ${found.length} found` : `${quoted} ${found.length - at} of ${found.length}`;
}

function matching(view: View, state: RunState): LogEntry[] {
  const text = view.search?.text ?? "";
  return text === "" ? [] : state.log.filter((entry) => matches(entry, text));
}

function shownAt(view: View, entry: LogEntry | undefined): View {
  return entry === undefined ? view : { ...view, pane: "log", zoomed: true, logAt: entry.number };
}
