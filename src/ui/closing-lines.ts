import { formatCount, formatDuration, plural, printable } from "../base/format.js";
import type { RunState } from "./state.js";
import { cells } from "./text.js";
import { formatEpoch, formatMetric, shortId } from "./wording.js";

export interface ClosingOptions {
  /** The run folder, as it was typed or made. */
  readonly folder: string;
  /** What commands may call the run; the id in its name when left out. */
  readonly reference?: string;
  /** Commands to go on with; left out, those that fit the outcome. */
  readonly next?: readonly string[];
  /** Width of the terminal that they are written to; left out, each stays one line. */
  readonly columns?: number;
}

/** The lines that stay in the scrollback when a run is over or was left: what came of it, where it is, what next. */
export function closingLines(state: RunState, options: ClosingOptions): string[] {
  const { start } = state;
  const seed =
    start === null ? [] : [start.seeds > 1 ? `seed ${start.seed} of ${start.seeds}` : `seed ${start.seed}`];
  const next = options.next ?? nextCommands(state, options.reference ?? shortId(state.run));
  const said: [string, readonly string[]][] = [
    [["done  ", "ended ", "left  "][outcomeIndex(state)] ?? "", outcomeFacts(state)],
    ["run   ", [printable(options.folder), ...seed]],
    ["next  ", next.map(printable)],
  ];
  return said.flatMap(([label, facts]) =>
    facts.length === 0 ? [] : factRows(label, facts, options.columns ?? Number.POSITIVE_INFINITY),
  );
}

/** A label and facts; rows after the first begin below the first fact. A fact, which may be a command, is never broken. */
function factRows(label: string, facts: readonly string[], columns: number): string[] {
  const rows: string[] = [];
  for (const fact of facts) {
    const joined = `${rows.at(-1) ?? ""}   ${fact}`;
    if (rows.length > 0 && cells(joined) <= columns) rows[rows.length - 1] = joined;
    else rows.push((rows.length === 0 ? label : " ".repeat(label.length)) + fact);
  }
  return rows;
}

function outcomeIndex(state: RunState): 0 | 1 | 2 {
  if (state.end?.outcome === "completed") return 0;
  return state.live ? 2 : 1;
}

function outcomeFacts(state: RunState): string[] {
  const { end } = state;
  const kept = state.checkpoint === null ? "no checkpoint yet" : `last checkpoint ${state.checkpoint.name}`;
  if (end === null) {
    if (state.trainerExit === null) return [`running at epoch ${formatEpoch(state.epoch)}`, kept];
    return [`the trainer died (${exitText(state)}) at epoch ${formatEpoch(state.epoch)}`, kept];
  }
  const time = formatDuration(end.seconds);
  switch (end.outcome) {
    case "completed":
      return [
        `${plural(Math.round(state.epoch), "epoch")} in ${time}`,
        ...finalFacts(end.final),
        ...bestFacts(state),
      ];
    case "stopped":
      return [`stopped at epoch ${formatEpoch(state.epoch)} after ${time}`, kept, ...bestFacts(state)];
    case "aborted":
      return [`aborted at epoch ${formatEpoch(state.epoch)} after ${time}`, kept];
    case "failed": {
      const code = end.code === null ? "" : ` (${printable(end.code)})`;
      return [`failed at step ${formatCount(state.step)}${code}`, kept];
    }
  }
}

/** How the trainer's process ended: `exit 1`, `signal SIGKILL`. */
export function exitText(state: RunState): string {
  const exit = state.trainerExit;
  if (exit === null) return "unknown";
  if (exit.signal === null && exit.code === null) return "nobody saw how";
  return exit.signal === null ? `exit ${exit.code ?? "unknown"}` : `signal ${exit.signal}`;
}

/** The metrics of the kept checkpoint that are no loss: `test.accuracy 91.3 %`. */
export function finalFacts(final: Readonly<Record<string, number>>): string[] {
  const test = Object.entries(final).filter(([name]) => name.startsWith("test.") && name !== "test.loss");
  return test.map(([name, value]) => `${printable(name)} ${formatMetric(name, value)}`);
}

function bestFacts(state: RunState): string[] {
  const { best } = state;
  return best === null
    ? []
    : [`best ${best.metric} ${formatMetric(best.metric, best.value)} @${formatEpoch(best.epoch)}`];
}

/** What to do next with a run, as it stands. */
export function nextCommands(state: RunState, id: string): string[] {
  if (id === "") return [];
  if (state.live) return [`lerac watch ${id}`];
  if (state.end?.outcome === "completed") {
    return [`lerac show ${id}`, `lerac predict ${id} INPUT`, `lerac export ${id} -o DIR`];
  }
  return state.checkpoint === null ? [`lerac show ${id}`] : [`lerac resume ${id}`];
}
