import { formatBytes, formatDuration, printable } from "../../base/format.js";
import type { Glyphs } from "../../ui/glyphs.js";
import { epochsOf, formatEpoch, formatMetric } from "../../ui/wording.js";
import { ageText } from "./age.js";
import { metricOf, type RunRow, trainedSeconds } from "./row.js";

/** A column of the list of runs, in the order in which they give way from the right. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
  /** What stands there; `glyphs` is null where only words are wanted. */
  cell(row: RunRow, glyphs: Glyphs | null): string;
}

/** @param metric `SPLIT.METRIC` of the metric's column; null: there is none */
export function listColumns(metric: string | null, now: number): Column[] {
  return [
    { title: "id", cell: ({ run }) => run.record.id },
    { title: "name", cell: ({ name }) => printable(name) },
    { title: "state", cell: stateCell },
    { title: "epoch", cell: epochCell },
    ...(metric === null
      ? []
      : [{ title: metric, right: true, cell: (row: RunRow) => formatMetric(metric, metricOf(row, metric)) }]),
    { title: "rates", cell: ({ run }) => printable(run.record.rates.split(",", 1)[0] ?? "") },
    { title: "age", cell: ({ run }) => ageText((now - Date.parse(run.record.created)) / 1000) },
    { title: "tags", cell: ({ tags }) => tags.map(printable).join(" ") },
    { title: "curriculum", cell: ({ run }) => printable(run.record.curriculum) },
    { title: "spec", cell: ({ run }) => printable(run.record.spec) },
    { title: "trained", right: true, cell: ({ known }) => formatDuration(trainedSeconds(known)) },
    { title: "size", right: true, cell: ({ bytes }) => formatBytes(bytes) },
  ];
}

function stateCell({ state, glyph }: RunRow, glyphs: Glyphs | null): string {
  const badge = glyphs?.badges[glyph] ?? "";
  return badge === "" ? state : `${badge} ${state}`;
}

function epochCell({ known: { state } }: RunRow): string {
  if (state.start === null) return "-";
  return `${formatEpoch(state.epoch)}/${formatEpoch(epochsOf(state.start))}`;
}
