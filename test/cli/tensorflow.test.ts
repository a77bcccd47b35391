import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { testedLibraries } from "../engine/backends.js";
import { Project } from "./harness.js";

const project = new Project();
const isInstalled = testedLibraries.includes("tensorflow");
const reason = isInstalled ? "" : " (skipped: tfjs-node with its native module is not installed)";

describe.runIf(isInstalled)(`lerac run on TensorFlow${reason}`, () => {
  /** The tensors of a run's last checkpoint as bytes: everything behind the header. */
  const tensors = (run: string): string => {
    const folder = project.path(`${run}/checkpoints`);
    const last = readdirSync(folder)
      .filter((name) => name.startsWith("ckpt-"))
      .sort()
      .at(-1);
    const bytes = readFileSync(`${folder}/${last}`);
    return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0))).toString("hex");
  };

  it("is what auto takes, and gives the same weights each time", async () => {
    const flags = ["--quiet", "--threads", "2"];
    const first = await project.lerac(["run", "fashion.lerac", "--out", "first", ...flags]);
    expect(first.exit, first.stderr).toBe(0);
    expect(project.read("first/events.jsonl")).toMatch(/"backend":"tensorflow"/);
    const second = await project.lerac([
      ...["run", "fashion.lerac", "--out", "second", "--backend", "tensorflow"],
      ...flags,
    ]);
    expect(second.exit, second.stderr).toBe(0);
    expect(tensors("second")).toBe(tensors("first"));
  });
});
