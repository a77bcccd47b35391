import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lerac } from "./harness.js";

const folder = mkdtempSync(join(tmpdir(), "lerac-doctor-"));
const example = resolve(import.meta.dirname, "../../examples/01-fashion.lerac");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  readonly backends: readonly { name: string; ok: boolean; ms?: number; reason?: string }[];
  readonly findings: readonly { state: string; about: string; text: string }[];
  readonly faults: number;
}

describe("lerac doctor", () => {
  it("takes steps on the backends that load, and finds the data of a spec", () => {
    const { faults, backends, findings } = JSON.parse(
      execFileSync(process.execPath, [lerac, "doctor", example, "--json"], { encoding: "utf8" }),
    ) as Answer;
    expect(faults).toBe(0);
    expect(backends.map(({ name }) => name)).toEqual(["tensorflow", "onnx", "wasm", "cpu"]);
    for (const name of ["wasm", "cpu"]) {
      const backend = backends.find((one) => one.name === name);
      expect(backend?.ok, name).toBe(true);
      expect(backend?.ms, name).toBeGreaterThan(0);
    }
    expect(findings.find(({ about }) => about === "data")?.text).toContain("fashion: 9,000 samples");
  }, 90_000);

  it("says how many times the time of the fastest a step takes", () => {
    const { stdout } = spawnSync(process.execPath, [lerac, "doctor"], { encoding: "utf8" });
    const steps = [...stdout.matchAll(/backend +(\w+) .*: ([\d.]+) ms a step \(median of \d+\), (.*)$/gm)];
    const fastest = steps.find(([, , , compared]) => compared === "the fastest");
    expect(Number(fastest?.[2])).toBe(Math.min(...steps.map(([, , ms]) => Number(ms))));
    for (const [, name, ms, compared = ""] of steps) {
      if (name === fastest?.[1]) continue;
      const [, ratio, other] = /^([\d.]+)x the time of (\w+)$/.exec(compared) ?? [];
      expect(other).toBe(fastest?.[1]);
      // Both sides are rounded.
      expect(Number(ratio) / (Number(ms) / Number(fastest?.[2]))).toBeCloseTo(1, 0);
    }
  }, 90_000);

  it("survives a backend that crashes, and says so beside data that are missing", () => {
    const crash = join(folder, "crash.cjs");
    writeFileSync(crash, `if (process.argv[2] === "wasm") process.kill(process.pid, "SIGSEGV");\n`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [lerac, "doctor", example], {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: `--require=${crash}`, LERAC_DATA: folder, LANG: "C.UTF-8" },
    });
    expect(stdout).toContain("✗ backend    wasm crashed (SIGSEGV)");
    expect(stdout).toMatch(/✗ data .*`fashion` are missing/);
    expect(stdout).toContain("2 faults");
    expect(stderr).toBe("");
    expect(status).toBe(1);
  }, 90_000);
});
