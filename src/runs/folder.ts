import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { arch, cpus, platform } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fail } from "../diagnostics/index.js";
import { hashProgram, type TrainingProgram, writeProgram } from "../program/index.js";
import { writeFailure } from "./atomic-file.js";
import { type RunOptions, type RunRecord, readRecord, writeRecord } from "./record.js";

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
  /** The spec as the author named it, and its text. */
  readonly spec: { readonly name: string; readonly text: string };
  /** What the spec imports: relative paths with `/`, kept below `imports`. */
  readonly imports?: readonly { readonly name: string; readonly text: string }[];
  readonly program: TrainingProgram;
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
    seed: request.seed,
    fold: request.fold,
    options: request.options,
    environment: {
      node: process.versions.node,
      platform: platform(),
      arch: arch(),
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      cores: cpus().length,
      backend: null,
      data: null,
    },
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
  return { folder: absolute, record: readRecord(absolute), paths: runPaths(absolute) };
}

/** The runs that lie in a folder of runs, in no order; what is not a run is passed over. */
export function listRuns(runsFolder: string): Run[] {
  const runs: Run[] = [];
  for (const name of folderNames(runsFolder)) {
    try {
      runs.push(openRun(join(runsFolder, name)));
    } catch {
      // Not a run, or one whose creation was cut short.
    }
  }
  return runs;
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
