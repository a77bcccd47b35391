import type { KeyBinding } from "./binding.js";

/** Keys about the monitor itself. */
export const monitorKeys: readonly KeyBinding[] = [
  {
    keys: ["?"],
    label: "?",
    group: "monitor",
    help: "this help",
    doc: "Shows all keys; those that do nothing now are dim. Up and down scroll it where it does not fit. `?` or Esc closes it.",
    footer: { full: "? help", overview: "? help", narrow: "? help" },
    order: 0,
    run: ({ actions }) => actions.change((view) => ({ ...view, help: !view.help, helpFrom: 0 })),
  },
  {
    keys: ["q"],
    label: "q",
    group: "monitor",
    help: "leave; asks first",
    doc: "Leaves. In `lerac run` of a run that goes on it asks first: leave it running (`l`), stop it (`s`), or stay (Esc). `lerac watch` just leaves.",
    footer: { full: "q leave", overview: "q leave", narrow: "q leave" },
    order: 10,
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
    doc: "Clears the window and draws it anew, where another program wrote into it.",
    footer: {},
    order: 11,
    run: ({ actions }) => actions.redraw(),
  },
];
