import { readFileSync } from "node:fs";
import { fail } from "../diagnostics/index.js";
import type { Executor } from "../engine/executor.js";
import {
  backendNames,
  deviceNames,
  loadExecutor,
  loadThreadExecutor,
  readBackendName,
  readDeviceName,
  startExecutorThread,
} from "../engine/index.js";
import { readProgram, type TrainingProgram } from "../program/index.js";
import { type Run, type RunRecord, type RunVocabulary, readVocabulary } from "../runs/index.js";

/** How an executor is got; a seam for tests that watch or disturb one. */
export type ExecutorLoader = typeof loadExecutor;

/**
 * The program of a run.
 * @throws LeracError L0701 when it is not the one the run was made with, and as `readProgram` of `program`.
 */
export function readRunProgram(run: Run): TrainingProgram {
  const path = run.paths.program;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw fail("missing", "L0701", `the program of the run ${run.record.name} is missing`, {
      at: { place: path },
      helps: ["`lerac run FILE` starts a new run"],
    });
  }
  const { program, sha256 } = readProgram(text, path);
  if (sha256 === run.record.program) return program;
  throw fail(
    "missing",
    "L0701",
    `the program of the run ${run.record.name} is not the one it was made with`,
    {
      at: { place: path },
      notes: [
        `the run's has sha256 ${short(run.record.program)}, the file's ${short(sha256)}; nothing was run`,
      ],
      helps: ["`lerac run FILE` starts a new run"],
    },
  );
}

/**
 * The words by number that a run was trained with; null where the program counts none.
 * @throws LeracError L0726
 */
export function vocabularyOf(run: Run, { data }: TrainingProgram): RunVocabulary | null {
  const counted = data.train.transforms.some(({ kind }) => kind === "words");
  return counted ? readVocabulary(run) : null;
}

/** Name of the model's input that takes the samples. */
export function inputName(program: TrainingProgram): string {
  return program.model.inputs[0]?.name ?? "image";
}

/** Where a run's weights are used, if elsewhere than it was trained. */
export interface Elsewhere {
  readonly backend?: string | undefined;
  readonly device?: string | undefined;
}

/** The executor a run asks for. Another backend computes on the processor, unless it is told otherwise. */
export async function openExecutor(
  record: RunRecord,
  program: TrainingProgram,
  load: ExecutorLoader = loadExecutor,
  elsewhere: Elsewhere = {},
): Promise<Executor> {
  const { threads } = record.options;
  const backend = readBackendName(elsewhere.backend ?? record.options.backend);
  const own = elsewhere.backend === undefined ? record.options.device : undefined;
  const device = elsewhere.device ?? own;
  return await load(program, {
    backend,
    seed: record.seed,
    ...(threads === null ? {} : { threads }),
    ...(device === undefined ? {} : { device: readDeviceName(device, backend) }),
  });
}

/** A loader whose thread is started now: it loads its libraries while data and program of the run are read. */
export function threadFor({ options }: RunRecord): ExecutorLoader {
  const { threads } = options;
  const backend = backendNames.find((name) => name === options.backend);
  const device = deviceNames.find((name) => name === options.device);
  // Of names that nobody knows `openExecutor` tells.
  if (backend === undefined) return loadThreadExecutor;
  const thread = startExecutorThread({
    backend,
    ...(threads === null ? {} : { threads }),
    ...(device === undefined ? {} : { device }),
  });
  return (program, given) => loadThreadExecutor(program, given, thread);
}

/** The first and last digits of a sha256, for messages. */
export function short(digest: string): string {
  return `${digest.slice(0, 4)}…${digest.slice(-4)}`;
}
