import { readFileSync } from "node:fs";
import { fail } from "../diagnostics/index.js";
import type { Executor } from "../engine/executor.js";
import { loadExecutor, readBackendName } from "../engine/index.js";
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

/** The executor a run asks for. */
export async function openExecutor(
  record: RunRecord,
  program: TrainingProgram,
  load: ExecutorLoader = loadExecutor,
  backend: string = record.options.backend,
): Promise<Executor> {
  const { threads } = record.options;
  return await load(program, {
    backend: readBackendName(backend),
    seed: record.seed,
    ...(threads === null ? {} : { threads }),
  });
}

/** The first and last digits of a sha256, for messages. */
export function short(digest: string): string {
  return `${digest.slice(0, 4)}…${digest.slice(-4)}`;
}
