import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { loadRuntime } from "../../src/engine/executors/onnx/runtime.js";

const run = promisify(execFile);
const program = join(import.meta.dirname, "../harness/train-and-hash.mjs");

/** Keeps one core busy until it is aborted. */
function load(signal: AbortSignal): void {
  const busy = "const end = Date.now() + 60_000; while (Date.now() < end) Math.sqrt(Math.random());";
  execFile(process.execPath, ["-e", busy], { signal }, () => {});
}

describe.runIf("runtime" in (await loadRuntime()))("steps on onnxruntime", () => {
  it("give the same bits in two processes, also when a third takes the processor from them", async () => {
    const calm = await run(process.execPath, [program]);
    const stop = new AbortController();
    load(stop.signal);
    const loaded = await run(process.execPath, [program]);
    stop.abort();
    expect(calm.stdout).toMatch(/^[0-9a-f]{64}\n$/);
    expect(loaded.stdout).toBe(calm.stdout);
  });
});
