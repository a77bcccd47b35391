import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EventLog, type RunEvent } from "../../src/runs/index.js";
import { validateEvent } from "../../src/runs/validate-event.js";
import { watchGpu } from "../../src/train/gpu.js";
import { startPulse } from "../../src/train/pulse.js";
import { temporaryFolder } from "./harness.js";

const folder = temporaryFolder();

const info = { executor: "eager", library: "wasm", version: "", threads: 1, remark: "" };
const onCpu = { info: { ...info, device: "cpu, WebAssembly" }, tensorCount: () => 28 };

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
    const stop = startPulse(log, folder, () => onCpu);
    vi.advanceTimersByTime(4000);
    await vi.waitFor(() => expect(log.seq).toBe(2));
    stop();
    vi.advanceTimersByTime(10_000);
    log.close();
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line) as RunEvent);
    expect(events).toMatchObject([
      { type: "system", tensors: 28, gpu_percent: null, gpu_memory_bytes: null },
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

describe.runIf(process.platform !== "win32")("a GPU", () => {
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });

  /** In place of NVIDIA's tool: says how it was called, then lines until it is ended. */
  function toolThatSays(...lines: readonly string[]): string {
    const tools = temporaryFolder();
    const script = [
      `#!/bin/sh`,
      `echo "$@" > ${join(tools, "called")}`,
      ...lines.map((line) => `echo "${line}"`),
    ];
    writeFileSync(join(tools, "nvidia-smi"), [...script, "exec sleep 60", ""].join("\n"), { mode: 0o755 });
    process.env.PATH = `${tools}:${path}`;
    return tools;
  }

  it("is followed by nvidia-smi", async () => {
    const tools = toolThatSays("12, 800", "37, 1024");
    const { load, stop } = watchGpu(2);
    await vi.waitFor(() => expect(load()).toEqual({ percent: 37, bytes: 2 ** 30 }), 5000);
    stop();
    expect(readFileSync(join(tools, "called"), "utf8")).toMatch(
      /^--query-gpu=\S+ --format=\S+ --id=0 --loop=2\n$/,
    );
    await vi.waitFor(() => expect(load()).toEqual({ percent: null, bytes: null }), 5000);
  });

  it("that tells no number is unknown, as is one without the tool", async () => {
    toolThatSays("[N/A], 1024");
    const some = watchGpu(2);
    await vi.waitFor(() => expect(some.load()).toEqual({ percent: null, bytes: 2 ** 30 }), 5000);
    some.stop();
    process.env.PATH = temporaryFolder();
    const none = watchGpu(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(none.load()).toEqual({ percent: null, bytes: null });
    none.stop();
  });

  it("is in the events of a run that computes on one", async () => {
    toolThatSays("37, 1024");
    const path = join(folder, "gpu.jsonl");
    const log = new EventLog(path, "fashion");
    const stop = startPulse(log, folder, () => ({ ...onCpu, info: { ...info, device: "cuda" } }));
    const last = () => {
      const lines = readFileSync(path, "utf8").trimEnd().split("\n");
      return JSON.parse(lines.at(-1) ?? "{}") as RunEvent;
    };
    await vi.waitFor(
      () => expect(last()).toMatchObject({ type: "system", gpu_percent: 37, gpu_memory_bytes: 2 ** 30 }),
      { timeout: 9000, interval: 200 },
    );
    stop();
    log.close();
  });
});
