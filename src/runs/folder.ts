import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fail } from "../diagnostics/index.js";
import { describeRates } from "../plan/index.js";
import { hashProgram, type TrainingProgram, writeProgram } from "../program/index.js";
import { writeFailure } from "./atomic-file.js";
import { describeEnvironment } from "./environment.js";
import {
  type LogName,
  type RunOptions,
  type RunRecord,
  readRecord,
  recordFile,
  writeRecord,
} from "./record.js";

/**
 * One run on disk: everything needed to look at it, resume it or evaluate it, but the data. The folder may be moved.
 */
export interface Run {
  /** Absolute path. */
  readonly folder: string;
  readonly record: RunRecord;
  readonly paths: RunPaths;
}

export interface RunPaths {
  /** Text of the spec; empty where the run came from a compiled program. */
  readonly spec: string;
  /** Folder with the files that the spec imports; not there when it imports none. */
  readonly imports: string;
  readonly program: string;
  /** The plan as text, for people; the one in force is that of the program. */
  readonly plan: string;
  /** Name and tags that a user gave the run. */
  readonly labels: string;
  /** Words by number, of a run on text. */
  readonly vocabulary: string;
  /** What happened, appended by the trainer alone. */
  readonly events: string;
  /** What the trainer is asked to do, appended by anyone. */
  readonly commands: string;
  readonly checkpoints: string;
  /** What the trainer's process printed. */
  readonly log: string;
  readonly lock: string;
}

export interface NewRun {
  /** Where runs lie by default. */
  readonly runsFolder: string;
  /** The exact folder instead. */
  readonly out?: string;
  /** The spec as the author named it, and its text; its file where it is one, to look up its commit. */
  readonly spec: { readonly name: string; readonly text: string; readonly file?: string };
  /** What the spec imports: relative paths with `/`, kept below `imports`. */
  readonly imports?: readonly { readonly name: string; readonly text: string }[];
  readonly program: TrainingProgram;
  /** The plan as text, kept for people. */
  readonly planText?: string;
  /** Version of lerac. */
  readonly version: string;
  readonly seed: number;
  readonly fold: number | null;
  readonly options: RunOptions;
}

/** Where the parts of a run lie. */
export function runPaths(folder: string): RunPaths {
  return {
    spec: join(folder, "spec.lerac"),
    imports: join(folder, "imports"),
    program: join(folder, "program.json"),
    plan: join(folder, "plan.txt"),
    labels: join(folder, "labels.json"),
    vocabulary: join(folder, "vocabulary.json"),
    events: join(folder, "events.jsonl"),
    commands: join(folder, "commands.jsonl"),
    checkpoints: join(folder, "checkpoints"),
    log: join(folder, "trainer.log"),
    lock: join(folder, "trainer.lock"),
  };
}

/**
 * Makes the folder of a new run and writes all that is known before training.
 * @throws LeracError L0704 when the folder asked for is there and not empty, L0713 when it can't be written.
 */
export async function createRun(request: NewRun): Promise<Run> {
  const { folder, id } =
    request.out === undefined ? claimDefaultFolder(request) : claimFolder(resolve(request.out), request);
  const paths = runPaths(folder);
  const record: RunRecord = {
    format: "lerac run 1",
    id,
    name: basename(folder),
    created: new Date().toISOString(),
    lerac: request.version,
    program: hashProgram(request.program),
    spec: request.spec.name,
    experiment: request.program.experiment.name,
    curriculum: request.program.plan.curriculum,
    rates: describeRates(request.program.plan),
    seed: request.seed,
    fold: request.fold,
    options: request.options,
    dataNearby: pathFrom(folder, request.options.data),
    environment: describeEnvironment(request.spec.file ?? null),
  };
  try {
    await mkdir(paths.checkpoints);
    await writeFile(paths.spec, request.spec.text);
    for (const file of request.imports ?? []) {
      const path = join(paths.imports, ...file.name.split("/").filter((part) => !/^\.*$/.test(part)));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.text);
    }
    await writeFile(paths.program, writeProgram(request.program));
    if (request.planText !== undefined) await writeFile(paths.plan, request.planText);
    await writeFile(paths.commands, "");
  } catch (error) {
    throw writeFailure(error, folder);
  }
  // Last: a folder with a record is a whole run.
  await writeRecord(folder, record);
  return { folder, record, paths };
}

/**
 * The run in a folder.
 * @throws LeracError L0708 when the folder is not one of a run.
 */
export function openRun(folder: string): Run {
  const absolute = resolve(folder);
  return {
    folder: absolute,
    record: withDataFound(absolute, readRecord(absolute)),
    paths: runPaths(absolute),
  };
}

/** Where the data lay, or, when they are not there any more, where they lie seen from the run folder. */
function withDataFound(folder: string, record: RunRecord): RunRecord {
  const { options, dataNearby } = record;
  if (dataNearby === null || existsSync(options.data)) return record;
  const nearby = resolve(folder, dataNearby);
  return existsSync(nearby) ? { ...record, options: { ...options, data: nearby } } : record;
}

/** Puts on record that the data of a run lie elsewhere now: an absolute path. */
export async function moveData(run: Run, data: string): Promise<Run> {
  const { options } = run.record;
  const record = { ...run.record, options: { ...options, data }, dataNearby: pathFrom(run.folder, data) };
  await writeRecord(run.folder, record);
  return { ...run, record };
}

/** Notes further logs that the trainer is to write from now on; those of what happened before are made then. */
export async function addLogs(run: Run, logs: readonly LogName[]): Promise<Run> {
  const { options } = run.record;
  const all = [...new Set([...(options.logs ?? []), ...logs])];
  if (all.length === (options.logs ?? []).length) return run;
  const record = { ...run.record, options: { ...options, logs: all } };
  await writeRecord(run.folder, record);
  return { ...run, record };
}

/** A path seen from a folder, with `/`; null where no such path leads there. */
function pathFrom(folder: string, path: string): string | null {
  const way = relative(folder, path);
  return isAbsolute(way) ? null : way.split(sep).join("/");
}

/** The runs that lie in a folder of runs, in no order; what is not a run is passed over. */
export function listRuns(runsFolder: string): Run[] {
  return findRuns(runsFolder).runs;
}

/** The same, with the folders that look like runs and can't be read: why each can't. */
export function findRuns(runsFolder: string): {
  readonly runs: Run[];
  readonly damaged: { readonly folder: string; readonly error: unknown }[];
} {
  const runs: Run[] = [];
  const damaged: { folder: string; error: unknown }[] = [];
  for (const name of folderNames(runsFolder)) {
    const folder = join(runsFolder, name);
    // Without a record it is not a run, or one whose creation was cut short.
    if (!existsSync(join(folder, recordFile))) continue;
    try {
      runs.push(openRun(folder));
    } catch (error) {
      damaged.push({ folder, error });
    }
  }
  return { runs, damaged };
}

/** `fashion-lerac-s1`: what runs of one spec, curriculum and seed are called, before the id. */
export function runStem(specName: string, curriculum: string, seed: number): string {
  const stem = basename(specName.replaceAll("\\", "/"))
    .replace(/(\.program)?\.(lerac|json)$/, "")
    .replace(/^\d+-(?=.)/, "");
  return `${fileNamePart(stem)}-${fileNamePart(curriculum)}-s${seed}`;
}

/** A text as a part of a file name that every system takes. */
function fileNamePart(text: string): string {
  const safe = text
    .replace(/[^\p{Letter}\p{Number}._-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
  return safe === "" ? "run" : safe;
}

function claimDefaultFolder(request: NewRun): { folder: string; id: string } {
  const runsFolder = resolve(request.runsFolder);
  makeFolder(runsFolder, { parents: true });
  const stem = runStem(request.spec.name, request.program.plan.curriculum, request.seed);
  for (;;) {
    const id = freeId(runsFolder);
    const folder = join(runsFolder, `${stem}-${id}`);
    // Two runs started at the same moment may draw the same id; the folder goes to the first.
    if (makeFolder(folder, { parents: false })) return { folder, id };
  }
}

function claimFolder(folder: string, request: NewRun): { folder: string; id: string } {
  makeFolder(folder, { parents: true });
  const present = folderNames(folder)[0];
  if (present !== undefined)
    throw fail("missing", "L0704", `the folder ${request.out ?? folder} is there already and not empty`, {
      at: { place: request.out ?? folder },
      notes: [`it holds ${present}; nothing was written`],
      helps: ["name another folder with `--out`, or leave `--out` out for a new one under `runs`"],
    });
  return { folder, id: freeId(resolve(request.runsFolder)) };
}

/** A random id that no run there has; longer when many are taken. */
function freeId(runsFolder: string): string {
  const taken = new Set(folderNames(runsFolder).map((name) => name.slice(name.lastIndexOf("-") + 1)));
  for (let attempt = 0; ; attempt++) {
    const id = randomBytes(attempt < 20 ? 2 : 4).toString("hex");
    if (!taken.has(id)) return id;
  }
}

/** Makes a folder; false when it was there. */
function makeFolder(folder: string, options: { parents: boolean }): boolean {
  try {
    mkdirSync(folder, { recursive: options.parents });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && !options.parents) return false;
    throw fail("missing", "L0713", `the folder ${folder} can't be made: ${code ?? "unknown reason"}`, {
      at: { place: folder },
      helps: ["name another folder with `--out`"],
    });
  }
}

function folderNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
