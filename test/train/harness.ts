import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { StepOutcome } from "../../src/engine/executor.js";
import { loadExecutor } from "../../src/engine/index.js";
import { type RatePlan, rateTable, symbolicClock } from "../../src/plan/index.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { createRun, type Run, type RunEvent, type RunOptions } from "../../src/runs/index.js";
import { checkpointPath, listCheckpoints } from "../../src/train/checkpoint.js";
import type { ExecutorLoader } from "../../src/train/run-program.js";
import { programOf } from "../harness/program.js";

/** A folder for the tests of one file; gone when they are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lerac-train-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export { writeSmallFashion } from "../harness/small-fashion.js";

export const trainSamples = 60;

/**
 * A small net with everything that has state: momentum, running statistics, dropout, shifted and flipped images. Sixty
 * samples in batches of eight: 8 steps an epoch, the last of four samples.
 */
export function smallProgram(changes: ProgramChanges = {}): TrainingProgram {
  const rate = changes.rate ?? 0.05;
  const program = programOf({
    input: [28, 28, 1],
    layers: [
      { operator: "conv2d", address: "conv", args: { filters: 3, size: 3, stride: 2, padding: 1 } },
      { operator: "batch_norm", address: "conv.batch_norm" },
      { operator: "relu", address: "conv.relu" },
      { operator: "max_pool", address: "conv.max_pool", args: { size: 2, stride: 2 } },
      { operator: "flatten", address: "flatten" },
      { operator: "dropout", address: "dropout", args: { rate: 0.2 } },
      { operator: "dense", address: "head", args: { units: 10 } },
    ],
    levels: [["conv", "conv.batch_norm"], ["head"]],
    optimizer: { kind: "sgd", rate, momentum: 0.9, nesterov: false, weightDecay: 1e-4 },
  });
  const [conv, head] = program.plan.levels;
  if (conv === undefined || head === undefined) throw new Error("the net has two levels");
  const length = { unit: "epochs", value: changes.epochs ?? 4 } as const;
  const plan: RatePlan = {
    ...program.plan,
    curriculum: "lerac",
    levels: [
      { ...conv, start: rate },
      { ...head, start: rate / 1000 },
    ],
    rule: {
      kind: "lerac",
      common: rate,
      until: { unit: "epochs", value: 2 },
      growth: "exponential",
      spacing: "log",
    },
    schedule: { kind: "cosine", floor: 0 },
  };
  const clock = symbolicClock(plan, length);
  return {
    ...program,
    data: {
      ...program.data,
      name: "fashion",
      source: { kind: "idx", path: "fashion" },
      classes: 10,
      train: {
        names: ["train"],
        part: [0, 1],
        shuffle: null,
        transforms: [{ kind: "shift", pixels: 2 }, { kind: "flip" }],
      },
      val: changes.val === false ? null : { names: ["test"], part: [0, 0.5], shuffle: null, transforms: [] },
      test: { names: ["test"], part: [0.5, 1], shuffle: null, transforms: [] },
      scale: { kind: "standard", mean: [0.286], std: [0.353] },
    },
    train: {
      ...program.train,
      length,
      evaluateEvery: changes.evaluateEvery ?? { unit: "epochs", value: 1 },
      keep: changes.keep ?? { kind: "best", split: "val", metric: "accuracy" },
    },
    plan: { ...plan, table: clock && rateTable(plan, clock) },
  };
}

interface ProgramChanges {
  readonly rate?: number;
  readonly epochs?: number;
  readonly val?: boolean;
  readonly keep?: TrainingProgram["train"]["keep"];
  readonly evaluateEvery?: TrainingProgram["train"]["evaluateEvery"];
}

/** A run of a program in a folder of its own. */
export async function newRun(
  runsFolder: string,
  data: string,
  program: TrainingProgram,
  options: Partial<RunOptions> = {},
): Promise<Run> {
  return await createRun({
    runsFolder,
    spec: { name: "01-fashion.lerac", text: "lerac 1\n" },
    program,
    version: "0.1.0",
    seed: 1,
    fold: null,
    options: { data, backend: "wasm", threads: 1, epochs: null, steps: null, init: null, ...options },
  });
}

/** Every record of a run, as it stands in the file. */
export function eventsOf(run: Run): RunEvent[] {
  const lines = readFileSync(run.paths.events, "utf8").split("\n");
  if (lines.pop() !== "") throw new Error("the last line is torn");
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

export function eventsOfType<T extends RunEvent["type"]>(
  run: Run,
  type: T,
): Extract<RunEvent, { readonly type: T }>[] {
  return eventsOf(run).filter(
    (event): event is Extract<RunEvent, { readonly type: T }> => event.type === type,
  );
}

/** The tensors of the newest checkpoint, as bytes: everything behind the header. */
export function lastTensors(run: Run): Buffer {
  const name = listCheckpoints(run).at(-1);
  if (name === undefined) throw new Error("the run has no checkpoint");
  const bytes = readFileSync(checkpointPath(run, name));
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
}

/** What a test does around the calls of an executor. */
export interface ExecutorWatch {
  /** Before the step after so many completed ones. */
  readonly beforeStep?: (step: number) => void;
  readonly afterStep?: (outcome: StepOutcome, step: number) => StepOutcome;
  readonly rows?: (rows: readonly Float32Array[]) => readonly Float32Array[];
  readonly beforeEvaluate?: (batch: number) => void;
}

/** The real executor, watched or disturbed. */
export function watched(watch: ExecutorWatch): ExecutorLoader {
  return async (program, options) => {
    const real = await loadExecutor(program, options);
    let evaluations = 0;
    return {
      info: real.info,
      writePlan: (base, rows) => real.writePlan(base, watch.rows?.(rows) ?? rows),
      step: async (batch, options) => {
        const step = real.stepsDone;
        watch.beforeStep?.(step);
        const outcome = await real.step(batch, options);
        return watch.afterStep?.(outcome, step) ?? outcome;
      },
      evaluate: async (batch) => {
        watch.beforeEvaluate?.(evaluations++);
        return await real.evaluate(batch);
      },
      predict: (batch) => real.predict(batch),
      read: (names) => real.read(names),
      write: (tensors) => real.write(tensors),
      get stepsDone() {
        return real.stepsDone;
      },
      set stepsDone(steps: number) {
        real.stepsDone = steps;
      },
      tensorCount: () => real.tensorCount(),
      dispose: () => real.dispose(),
    };
  };
}
