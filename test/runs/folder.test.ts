import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { LeracError } from "../../src/diagnostics/index.js";
import { hashProgram, writeProgram } from "../../src/program/index.js";
import {
  createRun,
  currentTrainer,
  listRuns,
  lockRun,
  type NewRun,
  openRun,
  type Run,
  resolveRun,
  runStem,
  writeRecord,
} from "../../src/runs/index.js";
import { programOf } from "../harness/program.js";

const root = mkdtempSync(join(tmpdir(), "lerac-runs-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let runsFolder = root;
beforeEach(() => {
  runsFolder = mkdtempSync(join(root, "runs-"));
});

const program = programOf({ input: [4], layers: [{ operator: "dense", args: { units: 2 } }] });

async function create(changes: Partial<NewRun> = {}): Promise<Run> {
  return await createRun({
    runsFolder,
    spec: { name: "examples/01-fashion.lerac", text: "lerac 1\n" },
    program,
    version: "0.1.0",
    seed: 1,
    fold: null,
    options: { data: "/data", backend: "auto", threads: null, epochs: null, steps: null, init: null },
    ...changes,
  });
}

function failure(work: () => unknown): LeracError["diagnostics"][number] {
  try {
    work();
  } catch (error) {
    if (error instanceof LeracError && error.diagnostics[0]) return error.diagnostics[0];
    throw error;
  }
  throw new Error("nothing failed");
}

describe("a new run", () => {
  it("is called after spec, curriculum and seed, with an id of its own, and holds what it runs", async () => {
    const run = await create();
    expect(basename(run.folder)).toMatch(/^fashion-conventional-s1-[0-9a-f]{4}$/);
    expect(run.record).toMatchObject({ name: basename(run.folder), format: "lerac run 1", seed: 1 });
    expect(run.folder.endsWith(run.record.id)).toBe(true);
    expect(readdirSync(run.folder).sort()).toEqual([
      "checkpoints",
      "commands.jsonl",
      "program.json",
      "run.json",
      "spec.lerac",
    ]);
    expect(readFileSync(run.paths.program, "utf8")).toBe(writeProgram(program));
    expect(run.record.program).toBe(hashProgram(program));
    expect(readFileSync(run.paths.spec, "utf8")).toBe("lerac 1\n");
    expect(openRun(run.folder)).toEqual(run);
  });

  it.each([
    ["fashion.lerac", "fashion"],
    ["specs/02-two-levels.lerac", "two-levels"],
    ["C:\\specs\\resnet 18.lerac", "resnet-18"],
    ["cnn.program.json", "cnn"],
    ["01-.lerac", "01"],
    ["…/💥.lerac", "run"],
    ["..lerac", "run"],
  ])("spec %s gives the name %s", (spec, stem) => {
    expect(runStem(spec, "lerac", 3)).toBe(`${stem}-lerac-s3`);
  });

  it("goes exactly where it is told, unless something is there", async () => {
    const out = join(runsFolder, "deep", "mine");
    const run = await create({ out });
    expect(run.folder).toBe(out);
    expect(run.record.name).toBe("mine");
    await expect(create({ out })).rejects.toThrow(/is there already and not empty/);
    mkdirSync(join(runsFolder, "empty"));
    expect((await create({ out: join(runsFolder, "empty") })).record.name).toBe("empty");
  });

  it("may be moved", async () => {
    const run = await create();
    const moved = join(runsFolder, "elsewhere");
    renameSync(run.folder, moved);
    expect(openRun(moved).record).toEqual(run.record);
    expect(openRun(moved).paths.events).toBe(join(moved, "events.jsonl"));
  });
});

describe("finding a run", () => {
  async function withId(id: string, created: string): Promise<Run> {
    const run = await create({ out: join(runsFolder, `fashion-lerac-s1-${id}`) });
    await writeRecord(run.folder, { ...run.record, id, created });
    return openRun(run.folder);
  }

  it("by folder, by name, by the start of its id, or the newest", async () => {
    const old = await withId("7f3a", "2024-01-01T00:00:00.000Z");
    const young = await withId("7c00", "2024-01-02T00:00:00.000Z");
    expect(resolveRun(old.folder, "/nowhere")).toEqual(old);
    expect(resolveRun("fashion-lerac-s1-7f3a", runsFolder)).toEqual(old);
    expect(resolveRun("7f", runsFolder)).toEqual(old);
    expect(resolveRun("7F3A", runsFolder)).toEqual(old);
    expect(resolveRun(undefined, runsFolder)).toEqual(young);
    expect(listRuns(runsFolder)).toHaveLength(2);
  });

  it("says what there is when none or several fit", async () => {
    await withId("7f3a", "2024-01-01T00:00:00.000Z");
    await withId("7c00", "2024-01-02T00:00:00.000Z");
    expect(failure(() => resolveRun("7", runsFolder))).toMatchObject({
      code: "L0705",
      message: "`7` fits 2 runs",
      notes: ["fashion-lerac-s1-7c00, fashion-lerac-s1-7f3a"],
    });
    expect(failure(() => resolveRun("7f3b", runsFolder))).toMatchObject({
      message: "there is no run `7f3b`",
      helps: [{ text: "did you mean `7f3a`?" }],
    });
    expect(failure(() => resolveRun(undefined, join(runsFolder, "none"))).code).toBe("L0705");
  });

  it("passes over folders that are no runs, and says what is wrong with a damaged one", async () => {
    const run = await create();
    mkdirSync(join(runsFolder, "notes"));
    writeFileSync(join(runsFolder, "a-file"), "");
    expect(listRuns(runsFolder)).toHaveLength(1);
    writeFileSync(join(run.folder, "run.json"), JSON.stringify({ ...run.record, seed: "one" }));
    expect(failure(() => openRun(run.folder))).toMatchObject({
      code: "L0708",
      notes: ["at `seed`: the value is not one that can stand here"],
    });
    expect(failure(() => openRun(join(runsFolder, "notes"))).message).toContain("is not a run");
  });
});

describe("the lock", () => {
  it("lets one trainer in, and the next one when it is gone", async () => {
    const run = await create();
    const lock = lockRun(run);
    expect(currentTrainer(run)?.pid).toBe(process.pid);
    expect(failure(() => lockRun(run))).toMatchObject({
      code: "L0707",
      notes: [`its trainer is process ${process.pid}`],
    });
    lock.release();
    expect(currentTrainer(run)).toBe(null);
    lockRun(run).release();
  });

  it("is taken over from a process that died", async () => {
    const run = await create();
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    writeFileSync(run.paths.lock, JSON.stringify({ pid: child.pid, host: hostname(), started: null }));
    lockRun(run).release();
  });

  it.runIf(process.platform === "linux")(
    "is taken over from a process that was killed and that nobody collects",
    async () => {
      const run = await create();
      // The shell becomes a program that never asks for its child's end.
      const parent = spawn("/bin/sh", ["-c", "sleep 0.2 & echo $!; exec sleep 20"]);
      try {
        const [printed] = (await once(parent.stdout, "data")) as [Buffer];
        const lock = { pid: Number(printed.toString()), host: hostname(), started: null };
        writeFileSync(run.paths.lock, JSON.stringify(lock));
        await expect.poll(() => currentTrainer(run)).toBe(null);
        expect(() => process.kill(lock.pid, 0)).not.toThrow();
      } finally {
        parent.kill();
      }
    },
  );

  it.runIf(process.platform === "linux")(
    "is taken over when its process number belongs to another one now",
    async () => {
      const run = await create();
      writeFileSync(
        run.paths.lock,
        JSON.stringify({ pid: process.pid, host: hostname(), started: "boot:1" }),
      );
      expect(currentTrainer(run)).toBe(null);
      lockRun(run).release();
    },
  );

  it("of another machine is respected, and the message says what to do", async () => {
    const run = await create();
    writeFileSync(run.paths.lock, JSON.stringify({ pid: 1, host: "elsewhere", started: null }));
    expect(failure(() => lockRun(run))).toMatchObject({
      notes: ["its trainer is process 1 on elsewhere"],
      helps: [{ text: `if that machine is gone, delete ${run.paths.lock}` }],
    });
  });

  it("that a crash left half written counts as stale once it is old", async () => {
    const run = await create();
    writeFileSync(run.paths.lock, '{"pi');
    expect(failure(() => lockRun(run)).code).toBe("L0707");
    utimesSync(run.paths.lock, new Date(0), new Date(0));
    lockRun(run).release();
  });
});
