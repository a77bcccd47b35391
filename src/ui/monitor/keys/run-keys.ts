import type { RunState } from "../../state.js";
import type { KeyBinding } from "./binding.js";

/** Why a trainer can't be asked for anything now; null where it can. */
function notLive(state: RunState): string | null {
  if (state.live) return null;
  if (state.end === null) return "needs a live run; the trainer of this one is gone";
  const outcome = {
    completed: "has finished",
    stopped: "was stopped",
    aborted: "was aborted",
    failed: "failed",
  };
  return `needs a live run; this one ${outcome[state.end.outcome]}`;
}

/** The same for what makes no sense once a run is about to stop. */
function notGoingOn(state: RunState): string | null {
  return notLive(state) ?? (state.stopping ? "does nothing now: the run is stopping" : null);
}

/** Keys that ask the trainer for something. */
export const runKeys: readonly KeyBinding[] = [
  {
    keys: ["space"],
    label: "space",
    group: "run",
    help: "pause, continue",
    doc: "Pauses training after the step that is under way, or continues it.",
    footer: { full: "space pause", overview: "space pause", narrow: "space pause" },
    order: 5,
    refusal: ({ state }) => notGoingOn(state),
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
    doc: "Saves a checkpoint after the step that is under way.",
    footer: { full: "c checkpoint", overview: "c checkpoint" },
    order: 6,
    refusal: ({ state }) => notGoingOn(state),
    run: ({ actions }) => actions.send("checkpoint"),
  },
  {
    keys: ["e"],
    label: "e",
    group: "run",
    help: "evaluate now (val)",
    doc: "Measures the network on `val` after the step that is under way.",
    footer: { full: "e evaluate", overview: "e evaluate" },
    order: 7,
    refusal: ({ state }) => notGoingOn(state),
    run: ({ actions }) => actions.send("evaluate"),
  },
  {
    keys: ["s"],
    label: "s",
    group: "run",
    help: "stop after this epoch",
    doc: "Stops when the present epoch is over, with a checkpoint. Pressed again, it takes that back.",
    footer: { full: "s stop", overview: "s stop after epoch", narrow: "s stop" },
    order: 8,
    refusal: ({ state }) => notGoingOn(state),
    run: ({ actions }) => actions.send("stop_after_epoch"),
  },
  {
    keys: ["S"],
    label: "S  Ctrl-C",
    group: "run",
    help: "save and stop now",
    doc: "Finishes the step, saves a checkpoint and stops, without a question: nothing is lost.",
    footer: {},
    order: 9,
    refusal: ({ state }) => notLive(state),
    run: ({ actions }) => actions.send("stop"),
  },
  {
    keys: ["ctrl-c"],
    label: "Ctrl-C twice",
    group: "run",
    help: "abort without asking",
    doc: "The second Ctrl-C aborts and keeps the last checkpoint; a third no longer waits for the trainer. Works whatever is asked or typed.",
    footer: {},
    order: 9,
    run: ({ actions }) => actions.interrupt(),
  },
  {
    keys: ["X"],
    label: "X",
    group: "run",
    help: "abort, keep last save",
    doc: "Aborts after a question that says how many steps would be lost.",
    footer: {},
    order: 9,
    refusal: ({ state }) => notLive(state),
    run: ({ actions }) => actions.ask("abort"),
  },
];
