import { moved } from "../cursor.js";
import { newerMatch, olderMatch } from "../log-search.js";
import { logMoved, nextSmoothing, type PaneName, paneNames, zoomed } from "../view.js";
import type { KeyBinding } from "./binding.js";

const nothingShown = { loss: null, metric: null };

/** Keys that change how a run is looked at: they work in a run that is over as well. */
export const viewKeys: readonly KeyBinding[] = [
  {
    keys: ["1", "2", "3", "4", "5", "6", "tab"],
    label: "1-6  Tab",
    group: "view",
    help: "choose a pane",
    doc: "Chooses a pane: 1 loss, 2 metric, 3 rate plan, 4 time, 5 system, 6 log; Tab the next one. What the keys below are about is the chosen one.",
    footer: { full: "1-6 pane" },
    order: 1,
    run: ({ actions }, key) =>
      actions.change((view) => ({ ...view, pane: key === "tab" ? paneAfter(view.pane) : paneOf(key) })),
  },
  {
    keys: ["z", "enter"],
    label: "z  Enter",
    group: "view",
    help: "zoom; Esc back",
    doc: "Gives the chosen pane the whole window (the rate plan where none is chosen); again, or Esc, gives the others back. A zoomed rate plan tells each level's update-to-weight ratio and gradient norm in 80 columns too.",
    footer: { full: "z zoom" },
    order: 1,
    run: ({ actions }) =>
      actions.change((view) => ({ ...view, pane: view.pane ?? "rates", zoomed: !view.zoomed })),
  },
  {
    keys: ["up", "down", "pageup", "pagedown"],
    label: "up down",
    group: "view",
    help: "level; scroll the log",
    doc: "Scrolls the log where that is the chosen pane, else chooses a level of the rate plan; Page Up and Page Down by ten.",
    footer: {},
    order: 1,
    run: ({ actions, state }, key) => {
      const by = (key.endsWith("up") ? -1 : 1) * (key.startsWith("page") ? 10 : 1);
      actions.change((view) => (view.pane === "log" ? logMoved(view, state, by) : levelMoved(view, by)));

      function levelMoved<V extends { readonly level: number }>(view: V, count: number): V {
        const last = state.plan.rates(0).length - 1;
        return { ...view, level: Math.min(last, Math.max(0, view.level + count)) };
      }
    },
  },
  {
    keys: ["left", "right"],
    label: "left right",
    group: "view",
    help: "cursor in time",
    doc: "Moves a cursor through time, the same one in charts and rate plan: what was measured then, and the rates of then, are shown. In the rate plan it goes into the future as well. Esc or End removes it.",
    footer: {},
    order: 1,
    run: ({ actions, state, columns }, key) =>
      actions.change((view) => moved(view, state, columns, key === "left" ? -1 : 1)),
  },
  {
    keys: ["f", "end"],
    label: "f  End",
    group: "view",
    help: "freeze / back to live",
    doc: "Holds the charts where they are, or lets them follow the run again. End also lets the log follow, and removes the cursor.",
    footer: { full: "f freeze" },
    order: 2,
    run: ({ actions, state }, key) =>
      actions.change((view) => ({
        ...view,
        logAt: null,
        cursor: key === "end" ? null : view.cursor,
        shown: nothingShown,
        window:
          view.window.kind === "live" && key === "f" ? { kind: "frozen", at: state.epoch } : { kind: "live" },
      })),
  },
  {
    keys: ["w"],
    label: "w",
    group: "view",
    help: "whole history",
    doc: "Shows the whole history in charts and rate plan, or again the live end of it (the last 2,000 steps).",
    footer: { full: "w whole" },
    order: 3,
    run: ({ actions }) =>
      actions.change((view) => ({
        ...view,
        timeZoom: 0,
        shown: nothingShown,
        window: { kind: view.window.kind === "whole" ? "live" : "whole" },
      })),
  },
  {
    keys: ["+", "-"],
    label: "+ -",
    group: "view",
    help: "zoom time",
    doc: "Halves or doubles the stretch of time that the charts show, up to its newest end.",
    footer: {},
    order: 3,
    run: ({ actions }, key) => actions.change((view) => zoomed(view, key === "+" ? 1 : -1)),
  },
  {
    keys: ["l"],
    label: "l",
    group: "view",
    help: "log or linear axis",
    doc: "Puts the losses on a logarithmic or a linear axis.",
    footer: { full: "l log" },
    order: 4,
    run: ({ actions }) =>
      actions.change((view) => ({ ...view, lossAxis: view.lossAxis === "log" ? "linear" : "log" })),
  },
  {
    keys: ["m"],
    label: "m",
    group: "view",
    help: "smoothing off, 0.6, 0.9",
    doc: "Lays a smoothed curve over the training curves: an exponential moving average over the dot columns of the chart, of that weight. The raw curve stays, dim.",
    footer: { full: "m smooth" },
    order: 4,
    run: ({ actions }) => actions.change((view) => ({ ...view, smoothing: nextSmoothing(view.smoothing) })),
  },
  {
    keys: ["/", "n", "N"],
    label: "/  n  N",
    group: "view",
    help: "search the log",
    doc: "`/` takes a text and Enter shows the newest entry of the log that has it, in either case of letters; `n` goes to the one before, `N` to the one after. Esc ends the search.",
    footer: {},
    order: 4,
    run: ({ actions, state }, key) => {
      if (key === "/") actions.change((view) => ({ ...view, search: { text: "", typing: true } }));
      else actions.change((view) => (key === "n" ? olderMatch(view, state) : newerMatch(view, state)));
    },
  },
  {
    keys: ["d"],
    label: "d",
    group: "view",
    help: "plain text of this pane",
    doc: "Leaves the chosen pane (without one: the picture) as plain text on the normal screen, to be copied, and waits for a key. Of the log it prints all that is kept, unbroken.",
    footer: {},
    order: 4,
    run: ({ actions }) => actions.plainText(),
  },
];

function paneOf(key: string): PaneName | null {
  return paneNames[Number(key) - 1] ?? null;
}

function paneAfter(pane: PaneName | null): PaneName {
  const at = pane === null ? -1 : paneNames.indexOf(pane);
  return paneNames[(at + 1) % paneNames.length] ?? "loss";
}
