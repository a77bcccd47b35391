import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { openRun, sendCommand } from "../../../src/runs/index.js";
import { launchTrainer } from "../../../src/train/launch.js";
import { train } from "../../../src/train/loop.js";
import {
  eventsOf,
  eventsOfType,
  lastTensors,
  newRun,
  smallProgram,
  temporaryFolder,
  writeSmallFashion,
} from "../harness.js";

it("soak", async () => {
  const data = writeSmallFashion(temporaryFolder(), { train: 60, test: 40 });
  const folder = temporaryFolder();
  const program = smallProgram({ epochs: 40, evaluateEvery: { unit: "steps", value: 13 } });
  const straight = await newRun(folder, data, program);
  const expected = await train(straight);
  for (let round = 0; round < 3; round++) {
    const run = await newRun(folder, data, program);
    let kills = 0;
    for (;;) {
      const t = launchTrainer(openRun(run.folder), {
        entry: join(import.meta.dirname, "../../../dist/src/train/main.js"),
        resume: kills > 0,
      });
      const timer = delay(600 + Math.random() * 900).then(async () => {
        sendCommand(run, "checkpoint", "cli");
        await delay(Math.random() * 300);
        try {
          process.kill(t.pid, "SIGKILL");
        } catch {}
      });
      const { exit, signal, lastLines } = await t.wait();
      await timer;
      if (signal !== "SIGKILL") {
        expect(exit, lastLines.join()).toBe(0);
        break;
      }
      kills++;
    }
    console.log(
      round,
      kills,
      eventsOfType(run, "run.start")
        .map((e) => e.resumed_from_step)
        .join(),
    );
    expect(lastTensors(run).equals(lastTensors(straight))).toBe(true);
    const seqs = eventsOf(run).map((e) => e.seq);
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
    expect(eventsOf(run).at(-1)).toMatchObject({ final: expected.final, best: expected.best });
  }
}, 200000);
