import { epochsOf } from "../../ui/wording.js";
import { bestOf, type RunRow, trainedSeconds } from "./row.js";

/** What `--json` says of a run. */
export function rowDocument(row: RunRow): object {
  const { run, known } = row;
  const { state } = known;
  const { record } = run;
  return {
    id: record.id,
    name: row.name,
    tags: row.tags,
    folder: run.folder,
    state: row.state,
    step: state.step,
    steps: state.start?.steps ?? null,
    epoch: state.epoch,
    epochs: state.start === null ? null : epochsOf(state.start),
    best: bestOf(known),
    metrics: Object.fromEntries(known.measured),
    experiment: record.experiment,
    spec: record.spec,
    curriculum: record.curriculum,
    rates: record.rates,
    seed: record.seed,
    created: record.created,
    trained_seconds: trainedSeconds(known),
    bytes: row.bytes,
  };
}
