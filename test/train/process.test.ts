import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { currentTrainer, type Run, type RunEvent, sendCommand } from "../../src/runs/index.js";
import { parseEvent } from "../../src/runs/parse-event.js";
import { checkpointPath, listCheckpoints } from "../../src/train/checkpoint.js";
import { launchTrainer, type TrainerProcess } from "../../src/train/launch.js";
import { train } from "../../src/train/loop.js";
import {
  eventsOf,
  eventsOfType,
  lastTensors,
  newRun,
  smallProgram,
  temporaryFolder,
  writeSmallFashion,
} from "./harness.js";

const entry = join(import.meta.dirname, "../../dist/src/train/main.js");
const folder = temporaryFolder();
const data = writeSmallFashion(temporaryFolder(), { train: 60, test: 40 });
/** Long enough that a process can be caught in the middle: 160 steps. */
const program = smallProgram({ epochs: 20, evaluateEvery: { unit: "epochs", value: 5 } });

/** So that a test that fails leaves no process behind. */
const started: TrainerProcess[] = [];
afterAll(() => {
  for (const { pid } of started) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Ended already.
    }
  }
});

function start(run: Run, options: { resume?: boolean } = {}): TrainerProcess {
  const trainer = launchTrainer(run, { ...options, entry });
  started.push(trainer);
  return trainer;
}

beforeAll(() => {
  if (!existsSync(entry)) throw new Error("these tests run the compiled trainer: `npm run build` first");
});

/** Waits until an event is in the file; fails after 20 seconds. */
async function waitFor(run: Run, wanted: (event: RunEvent) => boolean): Promise<RunEvent> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await delay(20)) {
    const found = readWhole(run).find(wanted);
    if (found !== undefined) return found;
  }
  throw new Error(`no such event; the trainer said: ${readFileSync(run.paths.log, "utf8")}`);
}

/** The whole lines so far. */
function readWhole(run: Run): RunEvent[] {
  if (!existsSync(run.paths.events)) return [];
  const lines = readFileSync(run.paths.events, "utf8").split("\n").slice(0, -1).map(parseEvent);
  return lines.flatMap((line) => (line.kind === "event" ? [line.event] : []));
}

describe("a trainer process", () => {
  it("killed in the middle of an epoch and resumed ends with bit for bit the same weights", async () => {
    const straight = await newRun(folder, data, program);
    const expected = await train(straight);

    const run = await newRun(folder, data, program);
    const first = start(run);
    const { step } = await waitFor(run, (event) => event.type === "step" && event.step >= 20);
    sendCommand(run, "checkpoint", "cli");
    const saved = await waitFor(run, (event) => event.type === "checkpoint" && event.reason === "request");
    await waitFor(run, (event) => event.type === "step" && event.step > saved.step + 8);
    process.kill(first.pid, "SIGKILL");
    expect(await first.wait()).toEqual({ exit: null, signal: "SIGKILL", end: null, lastLines: [] });
    // The command may still be taken at the end of the very step whose event was seen.
    expect(saved.step).toBeGreaterThanOrEqual(step);
    // Also as if the machine had died in the middle of a write.
    writeFileSync(run.paths.events, `${readFileSync(run.paths.events, "utf8")}{"v":1,"ty`);

    const second = start(run, { resume: true });
    const { exit, end } = await second.wait();
    expect(exit).toBe(0);
    const [, resumed] = eventsOfType(run, "run.start");
    expect(resumed?.resumed_from_step).toBeGreaterThanOrEqual(saved.step);
    expect(end?.final).toEqual(expected.final);
    expect(end?.best).toEqual(expected.best);
    expect(listCheckpoints(run).at(-1)).toBe("ckpt-000160");
    expect(lastTensors(run).equals(lastTensors(straight))).toBe(true);
    expect(eventsOf(run).map((event) => event.seq)).toEqual(eventsOf(run).map((_, index) => index + 1));
    expect(currentTrainer(run)).toBe(null);
  });

  it("stops on SIGTERM with a checkpoint, exit 6; a second trainer meanwhile is refused", async () => {
    const run = await newRun(folder, data, program);
    const trainer = start(run);
    await waitFor(run, (event) => event.type === "step");
    expect(currentTrainer(run)?.pid).toBe(trainer.pid);
    expect(() => launchTrainer(run, { entry, resume: true })).toThrow(/is being trained already/);
    process.kill(trainer.pid, "SIGTERM");
    const { exit, end } = await trainer.wait();
    expect(exit).toBe(6);
    expect(end).toMatchObject({ outcome: "stopped", exit: 6 });
    expect(eventsOfType(run, "command")).toMatchObject([{ command: "stop", from: "signal", accepted: true }]);
    const last = listCheckpoints(run).at(-1) ?? "";
    expect(existsSync(checkpointPath(run, last))).toBe(true);
  });

  it("takes commands that were sent before it had started, and none meant for an earlier one", async () => {
    const run = await newRun(folder, data, program);
    sendCommand(run, "abort", "cli");
    const trainer = start(run);
    sendCommand(run, "stop", "monitor");
    expect((await trainer.wait()).exit).toBe(6);
    expect(eventsOfType(run, "command")).toMatchObject([{ command: "stop", from: "monitor" }]);
    expect(listCheckpoints(run)).toEqual(["ckpt-000000"]);
  });

  it("says why it could not begin, in its exit code and its last lines", async () => {
    const run = await newRun(folder, data, program);
    writeFileSync(join(run.folder, "run.json"), "{}");
    const { exit, end, lastLines } = await start(run).wait();
    expect({ exit, end }).toEqual({ exit: 4, end: null });
    expect(lastLines.at(-1)).toMatch(/^L0708: run\.json of the run .* is damaged$/);
  });
});
