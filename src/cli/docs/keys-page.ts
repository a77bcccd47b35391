import { keyBindings } from "../../ui/monitor/keys/table.js";
import { inline, page, row } from "./markdown.js";

const groups = [
  ["view", "How a run is looked at", "Always, also when the run is over."],
  ["run", "The run itself", "While the run goes on; the trainer's answer appears in the log within a step."],
  ["monitor", "The monitor", "Always."],
] as const;

/** The page of the monitor's keys, from the table that drives them. */
export function keysPage(): string {
  return page("Keys of the monitor", [
    "In `lerac run`, `lerac resume` and `lerac watch`. `?` shows them there; a key that does nothing now says why.",
    "Which pane is chosen and whether it is zoomed, the axis of the losses and the smoothing are remembered for each user",
    "(`lerac/monitor.json` below XDG_CONFIG_HOME or ~/.config; on Windows below APPDATA).",
    ...groups.flatMap(([group, title, when]) => [
      "",
      `## ${title}`,
      "",
      when,
      "",
      row(["key", "what it does"]),
      row(["---", "---"]),
      ...keyBindings
        .filter((binding) => binding.group === group)
        .map((binding) =>
          row([
            binding.label
              .split(/ {2}| (?!twice)/)
              .map(inline)
              .join(" "),
            binding.doc,
          ]),
        ),
    ]),
  ]);
}
