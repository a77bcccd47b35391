import type { CommandName } from "../../runs/events.js";
import type { RunState } from "../state.js";
import type { Layout } from "./frame.js";
import { type PaneName, paneNames, type Question, type View, zoomed } from "./view.js";

/** What keys can do; the monitor does it. */
export interface MonitorActions {
  /** Asks the trainer for something. Nothing is taken for done before its events say so. */
  send(command: CommandName): void;
  change(change: (view: View) => View): void;
  /** Asks the user. */
  ask(question: Question): void;
  /** Leaves the monitor; the run goes on. */
  leave(): void;
  /** Ctrl-C and its like: the first time save and stop, then abort, then just go. */
  interrupt(): void;
  redraw(): void;
}

export interface KeyContext {
  readonly state: RunState;
  readonly view: View;
  readonly mode: "run" | "watch";
  readonly actions: MonitorActions;
}

export interface KeyBinding {
  /** Names of keys as `keyName` gives them. */
  readonly keys: readonly string[];
  /** How the keys are written in the help. */
  readonly label: string;
  readonly group: "view" | "run" | "monitor";
  readonly help: string;
  /** What the footer says, by layout; left out where there is no room for it. */
  readonly footer: Partial<Record<Layout, string>>;
  /** Position in the footer, from the left. */
  readonly order: number;
  /** Does nothing unless the run is live. */
  readonly needsLiveRun: boolean;
  run(context: KeyContext, key: string): void;
}

const everywhere = (text: string) => ({ full: text, overview: text, narrow: text });

/** The one table of keys: it drives what they do, the footer and the help. */
export const keyBindings: readonly KeyBinding[] = [
  {
    keys: ["1", "2", "3", "4", "5", "6", "tab"],
    label: "1-6  Tab",
    group: "view",
    help: "choose a pane",
    footer: { full: "1-6 pane" },
    order: 1,
    needsLiveRun: false,
    run: ({ actions }, key) =>
      actions.change((view) => ({ ...view, pane: key === "tab" ? paneAfter(view.pane) : paneOf(key) })),
  },
  {
    keys: ["z", "enter"],
    label: "z  Enter",
    group: "view",
    help: "zoom; Esc back",
    footer: { full: "z zoom" },
    order: 1,
    needsLiveRun: false,
    run: ({ actions }) =>
      actions.change((view) => ({ ...view, pane: view.pane ?? "rates", zoomed: !view.zoomed })),
  },
  {
    keys: ["up", "down"],
    label: "up down",
    group: "view",
    help: "level; scroll the log",
    footer: {},
    order: 1,
    needsLiveRun: false,
    run: ({ actions, state }, key) => {
      const last = state.plan.rates(0).length - 1;
      const move = key === "up" ? -1 : 1;
      const oldest = Math.max(0, state.log.length - 1);
      actions.change((view) =>
        view.pane === "log"
          ? { ...view, logBack: Math.min(oldest, Math.max(0, view.logBack - move)) }
          : { ...view, level: Math.min(last, Math.max(0, view.level + move)) },
      );
    },
  },
  {
    keys: ["f", "end"],
    label: "f  End",
    group: "view",
    help: "freeze / back to live",
    footer: { full: "f freeze" },
    order: 2,
    needsLiveRun: false,
    run: ({ actions, state }) =>
      actions.change((view) => ({
        ...view,
        logBack: 0,
        shown: { loss: null, metric: null },
        window: view.window.kind === "live" ? { kind: "frozen", at: state.epoch } : { kind: "live" },
      })),
  },
  {
    keys: ["w"],
    label: "w",
    group: "view",
    help: "whole history",
    footer: { full: "w whole" },
    order: 3,
    needsLiveRun: false,
    run: ({ actions }) =>
      actions.change((view) => ({
        ...view,
        timeZoom: 0,
        shown: { loss: null, metric: null },
        window: { kind: view.window.kind === "whole" ? "live" : "whole" },
      })),
  },
  {
    keys: ["+", "-"],
    label: "+ -",
    group: "view",
    help: "zoom time",
    footer: {},
    order: 3,
    needsLiveRun: false,
    run: ({ actions }, key) => actions.change((view) => zoomed(view, key === "+" ? 1 : -1)),
  },
  {
    keys: ["l"],
    label: "l",
    group: "view",
    help: "log or linear axis",
    footer: { full: "l log" },
    order: 4,
    needsLiveRun: false,
    run: ({ actions }) =>
      actions.change((view) => ({ ...view, lossAxis: view.lossAxis === "log" ? "linear" : "log" })),
  },
  {
    keys: ["space"],
    label: "space",
    group: "run",
    help: "pause, continue",
    footer: everywhere("space pause"),
    order: 5,
    needsLiveRun: true,
    run: ({ actions, state, view }) => {
      // A pause that is not answered yet counts as one: the second press takes it back.
      const pauses = state.paused !== (view.asked.includes("pause") || view.asked.includes("continue"));
      actions.send(pauses ? "continue" : "pause");
    },
  },
  {
    keys: ["c"],
    label: "c",
    group: "run",
    help: "checkpoint now",
    footer: { full: "c checkpoint", overview: "c checkpoint" },
    order: 6,
    needsLiveRun: true,
    run: ({ actions }) => actions.send("checkpoint"),
  },
  {
    keys: ["e"],
    label: "e",
    group: "run",
    help: "evaluate now (val)",
    footer: { full: "e evaluate", overview: "e evaluate" },
    order: 7,
    needsLiveRun: true,
    run: ({ actions }) => actions.send("evaluate"),
  },
  {
    keys: ["s"],
    label: "s",
    group: "run",
    help: "stop after this epoch",
    footer: { full: "s stop after epoch", overview: "s stop after epoch", narrow: "s stop" },
    order: 8,
    needsLiveRun: true,
    run: ({ actions }) => actions.send("stop_after_epoch"),
  },
  {
    keys: ["S"],
    label: "S  Ctrl-C",
    group: "run",
    help: "save and stop now",
    footer: {},
    order: 9,
    needsLiveRun: true,
    run: ({ actions }) => actions.send("stop"),
  },
  {
    keys: ["ctrl-c"],
    label: "Ctrl-C twice",
    group: "run",
    help: "abort without asking",
    footer: {},
    order: 9,
    needsLiveRun: false,
    run: ({ actions }) => actions.interrupt(),
  },
  {
    keys: ["X"],
    label: "X",
    group: "run",
    help: "abort, keep last save",
    footer: {},
    order: 9,
    needsLiveRun: true,
    run: ({ actions }) => actions.ask("abort"),
  },
  {
    keys: ["?"],
    label: "?",
    group: "monitor",
    help: "this help",
    footer: everywhere("? help"),
    order: 0,
    needsLiveRun: false,
    run: ({ actions }) => actions.change((view) => ({ ...view, help: !view.help })),
  },
  {
    keys: ["q"],
    label: "q",
    group: "monitor",
    help: "leave; asks first",
    footer: everywhere("q leave"),
    order: 10,
    needsLiveRun: false,
    run: ({ actions, state, mode }) => {
      if (mode === "run" && state.live) actions.ask("leave");
      else actions.leave();
    },
  },
  {
    keys: ["ctrl-l"],
    label: "Ctrl-L",
    group: "monitor",
    help: "draw again",
    footer: {},
    order: 11,
    needsLiveRun: false,
    run: ({ actions }) => actions.redraw(),
  },
];

function paneOf(key: string): PaneName | null {
  return paneNames[Number(key) - 1] ?? null;
}

function paneAfter(pane: PaneName | null): PaneName {
  const at = pane === null ? -1 : paneNames.indexOf(pane);
  return paneNames[(at + 1) % paneNames.length] ?? "loss";
}

/** Does what a key means now; a key that means nothing does nothing. */
export function dispatch(key: string, context: KeyContext): void {
  const { view, state, actions } = context;
  const binding = keyBindings.find((candidate) => candidate.keys.includes(key));
  // Ctrl-C works everywhere, whatever is asked.
  if (view.question !== null && key !== "ctrl-c") {
    answer(view.question, key, actions);
  } else if (key === "escape") {
    actions.change((seen) => (seen.help ? { ...seen, help: false } : { ...seen, zoomed: false }));
  } else if (binding !== undefined && (state.live || !binding.needsLiveRun)) {
    binding.run(context, key);
  }
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

/** A key press as Ink reports it. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly end: boolean;
  readonly tab?: boolean;
  readonly return?: boolean;
  readonly escape: boolean;
  readonly ctrl: boolean;
}

/** Names of the keys in one report: text that was typed faster than it was read comes at once. */
export function keyNames(input: string, key: InkKey): string[] {
  if (key.upArrow) return ["up"];
  if (key.downArrow) return ["down"];
  if (key.end) return ["end"];
  if (key.tab) return ["tab"];
  if (key.return) return ["enter"];
  if (key.escape) return ["escape"];
  if (key.ctrl) return [`ctrl-${input}`];
  return [...input].map((character) => {
    if (character === " ") return "space";
    if (character === "\u0003") return "ctrl-c";
    return character;
  });
}
