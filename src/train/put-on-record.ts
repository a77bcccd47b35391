import type { Dataset } from "../data/index.js";
import { fail } from "../diagnostics/index.js";
import type { BackendInfo, Executor } from "../engine/executor.js";
import type { TrainingProgram } from "../program/types.js";
import { type EventLog, type Run, type RunRecord, type RunStartEvent, writeRecord } from "../runs/index.js";
import { short } from "./run-program.js";
import type { Timetable } from "./timetable.js";

/** @throws LeracError L0716 when the data are not those the run began with. */
export function refuseChangedData(record: RunRecord, digest: string): void {
  const before = record.environment.data;
  if (before === null || before === digest) return;
  throw fail("missing", "L0716", `the data of the run ${record.name} have changed since it began`, {
    at: { place: record.options.data },
    notes: [`their sha256 was ${short(before)} and is now ${short(digest)}`],
    helps: ["put the old files back, or start a new run"],
  });
}

/**
 * Fills in the record of a run what only its trainer knows: backend, data, and which initial weights were meant. The
 * backend is that of the first start; another one on resuming is worth a warning.
 */
export async function completeRecord(
  run: Run,
  found: {
    readonly backend: BackendInfo;
    readonly data: string;
    readonly init: RunRecord["options"]["init"];
  },
  log: EventLog,
): Promise<Run> {
  const { record } = run;
  const before = record.environment.backend;
  if (before !== null) warnOfOtherBackend(before, found.backend, log);
  const completed: RunRecord = {
    ...record,
    options: { ...record.options, init: found.init },
    environment: { ...record.environment, backend: before ?? { ...found.backend }, data: found.data },
  };
  await writeRecord(run.folder, completed);
  return { ...run, record: completed };
}

/** Same weights bit for bit are promised for the same executor, library, version, device and number of threads only. */
function warnOfOtherBackend(before: BackendInfo, now: BackendInfo, log: EventLog): void {
  const keys = ["executor", "library", "version", "device", "threads"] as const;
  const changes = keys
    .filter((key) => before[key] !== now[key])
    .map((key) => `${key} ${before[key]}, now ${now[key]}`);
  if (changes.length === 0) return;
  log.write({
    type: "warning",
    code: "L0715",
    message: `the run began on another backend (${changes.join("; ")}): its weights will not be bit for bit those of an uninterrupted run`,
    address: null,
    count: 1,
  });
}

/** The first event of a run, or of a part of it. */
export function runStart(
  run: Run,
  program: TrainingProgram,
  at: {
    readonly timetable: Timetable;
    readonly executor: Executor;
    readonly dataset: Dataset;
    readonly version: string;
    readonly resumedFrom: number | null;
  },
): RunStartEvent {
  const { clock, lastStep } = at.timetable;
  const { plan } = program;
  const sizes = new Map(
    program.model.layers
      .flatMap((layer) => layer.tensors)
      .map((tensor) => [tensor.address, tensor.shape.reduce((product, size) => product * size, 1)]),
  );
  const parameters = (tensors: readonly string[]) =>
    tensors.reduce((sum, address) => sum + (sizes.get(address) ?? 0), 0);
  return {
    type: "run.start",
    lerac: at.version,
    program: run.record.program,
    experiment: program.experiment.name,
    spec: run.record.spec,
    curriculum: plan.curriculum,
    seed: run.record.seed,
    seeds: program.experiment.seeds.length,
    fold: run.record.fold,
    backend: at.executor.info.executor,
    device: at.executor.info.device,
    threads: at.executor.info.threads,
    epochs: clock.steps / clock.stepsPerEpoch,
    steps: lastStep,
    steps_per_epoch: clock.stepsPerEpoch,
    samples: at.dataset.train.size,
    levels: plan.levels.map((level, index) => ({
      level: index + 1,
      address: level.address,
      parameters: parameters(level.tensors),
    })),
    resumed_from_step: at.resumedFrom,
  };
}
