import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EventLog, type RunEvent } from "../../src/runs/index.js";
import { validateEvent } from "../../src/runs/validate-event.js";
import { startPulse } from "../../src/train/pulse.js";
import { temporaryFolder } from "./harness.js";

const folder = temporaryFolder();

describe("the pulse", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("looks at the machine every 2 seconds until it is ended", async () => {
    const path = join(folder, "events.jsonl");
    const log = new EventLog(path, "fashion");
    const stop = startPulse(log, folder, () => 28);
    vi.advanceTimersByTime(4000);
    await vi.waitFor(() => expect(log.seq).toBe(2));
    stop();
    vi.advanceTimersByTime(10_000);
    log.close();
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line) as RunEvent);
    expect(events).toMatchObject([
      { type: "system", tensors: 28 },
      { type: "system", tensors: 28 },
    ]);
    for (const event of events) expect(validateEvent(event)).toEqual([]);
    const [event] = events;
    expect(event?.type === "system" && event.rss_bytes).toBeGreaterThan(1e7);
    expect(event?.type === "system" && event.disk_free_bytes).toBeGreaterThan(0);
  });

  it("beats after 5 seconds of silence, while looking at the machine hangs", () => {
    const path = join(folder, "silent.jsonl");
    const log = new EventLog(path, "fashion");
    const stop = startPulse(log, folder, () => null);
    // All at once: no look at the machine, which has to wait for the disk, is answered in between.
    vi.advanceTimersByTime(11_000);
    stop();
    log.close();
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line) as RunEvent);
    expect(events).toMatchObject([
      { type: "heartbeat", pid: process.pid, uptime_seconds: 5 },
      { type: "heartbeat", pid: process.pid, uptime_seconds: 10 },
    ]);
  });
});
