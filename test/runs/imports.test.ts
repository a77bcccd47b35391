import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createRun } from "../../src/runs/index.js";
import { programOf } from "../harness/program.js";

const root = mkdtempSync(join(tmpdir(), "lerac-runs-imports-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const program = programOf({ input: [4], layers: [{ operator: "dense", args: { units: 2 } }] });

function create(imports?: readonly { name: string; text: string }[]) {
  return createRun({
    runsFolder: root,
    spec: { name: "specs/bert-rte.lerac", text: "lerac 1\n" },
    ...(imports === undefined ? {} : { imports }),
    program,
    version: "0.1.0",
    seed: 1,
    fold: null,
    options: { data: "/data", backend: "auto", threads: null, epochs: null, steps: null, init: null },
  });
}

test("a run keeps what its spec imports, by the paths seen from the project", async () => {
  const run = await create([
    { name: "std/bert.lerac", text: "lerac 1\n# bert\n" },
    { name: "nets/small.lerac", text: "lerac 1\n# small\n" },
  ]);
  expect(readFileSync(join(run.folder, "imports", "std", "bert.lerac"), "utf8")).toBe("lerac 1\n# bert\n");
  expect(readFileSync(join(run.folder, "imports", "nets", "small.lerac"), "utf8")).toContain("small");
});

test("nothing is written outside of the run", async () => {
  const run = await create([{ name: "../../outside.lerac", text: "lerac 1\n" }]);
  expect(existsSync(join(run.folder, "imports", "outside.lerac"))).toBe(true);
  expect(existsSync(join(run.folder, "..", "outside.lerac"))).toBe(false);
});

test("without imports there is no folder for them", async () => {
  const run = await create();
  expect(existsSync(run.paths.imports)).toBe(false);
});
