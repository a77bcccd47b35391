import { statSync } from "node:fs";
import { formatBytes, formatCount, formatDuration, plural, printable } from "../../base/format.js";
import { currentTrainer, type Run } from "../../runs/index.js";
import { checkpointPath, listCheckpoints } from "../../train/checkpoint.js";
import { nextCommands } from "../../ui/closing-lines.js";
import { cells, wrap } from "../../ui/text.js";
import { formatEpoch, formatMetric } from "../../ui/wording.js";
import { shownFolder } from "../run-reference.js";
import { bestOf, metricOf, type RunRow, trainedSeconds } from "../runs/row.js";
import { type Difference, differenceTexts } from "./differences.js";

/** Another run to compare with, and what differs. */
export interface Against {
  readonly row: RunRow;
  readonly found: readonly Difference[];
}

const label = 9;

/** A run on one screen, as lines of at most `width` cells where it can be broken. */
export function showLines(row: RunRow, against: Against | null, width: number): string[] {
  const { run } = row;
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ["run", runFacts(row)],
    ["state", stateFacts(row)],
    ...(row.known.state.trainerExit?.stderr ?? []).map((line) => ["", [`it last said: ${line}`]] as const),
    ["result", resultFacts(row, against)],
    ...(against === null ? [] : [["differs", differsFacts(row, against)] as const]),
    [
      "spec",
      [
        `${printable(run.record.spec)}, ${printable(run.record.experiment)}`,
        `seed ${run.record.seed}`,
        ...(run.record.fold === null ? [] : [`fold ${run.record.fold}`]),
      ],
    ],
    ["rates", ratesFacts(row)],
    ["program", programFacts(run)],
    ["data", [printable(run.record.options.data), ...(dataDigest(run) ?? [])]],
    ["saved", savedFacts(run, row)],
    ["folder", [printable(shownFolder(run)), formatBytes(row.bytes)]],
    ["next", nextFacts(row)],
  ];
  return facts.flatMap(([name, texts]) => (texts.length === 0 ? [] : factLines(name, texts, width)));
}

/** Facts three spaces apart; what does not fit goes to the next line, a long one is broken at a space. */
function factLines(name: string, facts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const fact of facts) {
    const longer = line === "" ? fact : `${line}   ${fact}`;
    if (label + cells(longer) <= width) line = longer;
    else {
      if (line !== "") lines.push(line);
      line = fact;
    }
  }
  lines.push(line);
  return lines
    .flatMap((text) => wrap(text, Math.max(20, width - label), ""))
    .map((text, i) => `${(i === 0 ? name : "").padEnd(label)}${text}`.trimEnd());
}

function runFacts({ run, name, tags }: RunRow): string[] {
  return [
    `${run.record.id}   ${printable(name)}`,
    ...(tags.length === 0 ? [] : [`tags ${tags.map(printable).join(" ")}`]),
  ];
}

/** `paused at epoch 2.41, 2:02 trained, best val.accuracy 87.4 % @2`. */
function stateFacts({ state, known, run }: RunRow): string[] {
  if (known.empty) return ["empty: its trainer could not begin"];
  const { end } = known.state;
  const seconds = formatDuration(trainedSeconds(known));
  const where =
    state === "done"
      ? `done, ${plural(Math.round(known.state.epoch), "epoch")} in ${seconds}`
      : `${state} at epoch ${formatEpoch(Number(known.state.epoch.toFixed(2)))}, ${seconds} trained`;
  const best = bestOf(known);
  const why = end?.error?.message ?? null;
  return [
    best === null
      ? where
      : `${where}, best ${printable(best.metric)} ${formatMetric(best.metric, best.value)} @${formatEpoch(Number(best.epoch.toFixed(2)))}`,
    ...(why === null ? [] : [`${end?.code ?? "fault"}: ${printable(why)}`]),
    ...(state === "silent" ? [silenceFact(run, known.state.clock.last)] : []),
  ];
}

/** Nothing is assumed about a trainer that says nothing: only that its process is there. */
function silenceFact(run: Run, last: number | null): string {
  const trainer = currentTrainer(run);
  const since =
    last === null ? "" : ` since ${new Date(last).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  return `no sign of life${since}; ${trainer === null ? "its process is gone" : `process ${trainer.pid} on ${printable(trainer.host)} has not ended`}`;
}

/** What the kept checkpoint reached; beside another run, its numbers first. */
function resultFacts(row: RunRow, against: Against | null): string[] {
  const names = Object.keys(row.known.state.end?.final ?? {});
  const shown = names.length > 0 ? names : [...row.known.measured.keys()];
  return shown.map((name) => {
    const own = formatMetric(name, row.known.measured.get(name));
    if (against === null) return `${printable(name)} ${own}`;
    return `${printable(name)} ${formatMetric(name, metricOf(against.row, name))} | ${own}`;
  });
}

function differsFacts(row: RunRow, { row: other, found }: Against): string[] {
  const texts = differenceTexts(found).map(printable);
  const order = `${other.run.record.id} | ${row.run.record.id}`;
  return [`${order}:`, ...texts.map((text, i) => (i < texts.length - 1 ? `${text};` : text))];
}

function ratesFacts({ run, known }: RunRow): string[] {
  const { state } = known;
  const { checks, equal } = state.audit;
  return [
    `${printable(run.record.rates)}   curriculum ${printable(run.record.curriculum)}`,
    ...(state.start === null ? [] : [plural(state.start.levels.length, "level")]),
    ...(checks === 0
      ? []
      : [`audit ${equal === checks ? "ok" : "✗"}, ${formatCount(equal)} of ${plural(checks, "check")}`]),
  ];
}

function programFacts({ record }: Run): string[] {
  const { backend, commit } = record.environment;
  const engine =
    backend === null ? [] : [`${backend.executor} ${backend.device}`, plural(backend.threads, "thread")];
  const state =
    commit === null ? [] : [`commit ${commit.sha.slice(0, 7)} (${commit.clean ? "clean" : "changed"})`];
  return [
    short(record.program),
    [`lerac ${record.lerac}`, ...engine, ...state, `node ${record.environment.node}`]
      .map(printable)
      .join(", "),
  ];
}

function dataDigest({ record }: Run): string[] | null {
  const { data } = record.environment;
  return data === null ? null : [`sha256 ${short(data)}`];
}

function savedFacts(run: Run, { known }: RunRow): string[] {
  const names = listCheckpoints(run);
  const best = known.state.end?.best.checkpoint;
  if (names.length === 0) return ["no checkpoint"];
  const bytes = names.reduce((sum, name) => sum + statSync(checkpointPath(run, name)).size, 0);
  const last = names.at(-1) ?? "";
  return [
    `${last} (last${best === last ? " and best" : ""})`,
    ...(best === undefined || best === last ? [] : [`${best} (best)`]),
    names.length === 1 ? formatBytes(bytes) : `${formatCount(names.length)} in all, ${formatBytes(bytes)}`,
  ];
}

function nextFacts({ known, reference, run }: RunRow): string[] {
  const own = nextCommands(known.state, reference).filter((command) => !command.startsWith("lerac show"));
  if (own.length > 0) return own;
  return known.empty ? [`lerac runs rm ${reference}`] : [`lerac run ${run.record.spec}`];
}

function short(digest: string): string {
  return `${digest.slice(0, 4)}…${digest.slice(-4)}`;
}
