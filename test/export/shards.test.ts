import { expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import { GraphBuilder } from "../../src/export/record/builder.js";
import { writeGraphModel } from "../../src/export/tensorflow/model-json.js";
import { expectClose } from "../harness/numeric.js";
import { runners } from "./run-graph.js";

it("weights beyond 4 MiB lie in several files, cut anywhere, and are put together again", async () => {
  await loadLibrary("cpu");
  const rows = 1100;
  const graph = new GraphBuilder(["y"]);
  const x = graph.input("x", [rows]);
  graph.layer = "layer";
  const values = Float32Array.from({ length: rows * rows }, (_, i) => ((i * 7919) % 101) / 101 - 0.5);
  const y = graph.matmul(x, graph.constant("layer.weight", [rows, rows], values));
  const made = graph.finish([{ name: "y", value: y }]);

  const files = writeGraphModel(made, "test");
  expect([...files.keys()]).toEqual(["model.json", "group1-shard1of2.bin", "group1-shard2of2.bin"]);
  for (const [name, content] of files)
    if (name.endsWith(".bin")) expect(content.length).toBeLessThanOrEqual(4 * 1024 * 1024);

  const one = new Float32Array(rows);
  one[rows - 1] = 1;
  const feeds = { x: { shape: [1, rows], values: one } };
  const expected = values.subarray((rows - 1) * rows);
  for (const run of Object.values(runners))
    expectClose((await run(made, feeds)).y ?? [], expected, 1e-6, "last row");
});
