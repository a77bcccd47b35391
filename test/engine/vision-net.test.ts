import { describe, expect, it } from "vitest";
import { programOf } from "../harness/program.js";
import { testedLibraries } from "./backends.js";
import { batchOf, load, rows } from "./fixtures.js";

const input = [8, 8, 4];
const classes = 4;

/** One net with nearly every operator for images, two branches and streams that part and meet again. */
const net = programOf({
  input,
  layers: [
    { operator: "pad", args: { before: 0, after: 1 } },
    { operator: "crop", args: { before: 0, after: 1 } },
    { operator: "conv2d", address: "stem", args: { filters: 8, size: 3, bias: false } },
    { operator: "group_norm", args: { groups: 2 } },
    { operator: "gelu", address: "in" },
    { operator: "split", address: "parts", args: { parts: 2 } },
    { operator: "depthwise_conv2d", address: "left", inputs: ["parts:0"], args: { size: 3 } },
    { operator: "silu", address: "left_out" },
    { operator: "separable_conv2d", address: "right", inputs: ["parts:1"], args: { filters: 4, size: 3 } },
    { operator: "prelu", address: "right_out" },
    { operator: "concat", address: "joined", inputs: ["left_out", "right_out"] },
    { operator: "drop_path", args: { rate: 0.3 } },
    { operator: "add", address: "sum", inputs: ["in", "drop_path12"] },
    { operator: "batch_norm" },
    { operator: "avg_pool", args: { size: 2 } },
    {
      operator: "conv_transpose2d",
      address: "up",
      args: { filters: 8, size: 3, stride: 2, output_padding: 1 },
    },
    { operator: "layer_norm" },
    { operator: "hard_swish" },
    { operator: "adaptive_avg_pool", args: { rows: 3 } },
    { operator: "upsample", address: "large", args: { factor: 2, mode: "bilinear" } },
    { operator: "global_avg_pool", address: "squeezed" },
    { operator: "dense", address: "gate", args: { units: 8 } },
    { operator: "sigmoid", address: "open" },
    { operator: "multiply", address: "weighed", inputs: ["large", "open"] },
    { operator: "transpose", args: { order: [1, 0, 2] } },
    { operator: "reshape", args: { sizes: [36, 8] } },
    { operator: "conv1d", address: "along", args: { filters: 6, size: 3, stride: 2 } },
    { operator: "rms_norm" },
    { operator: "slice", args: { start: 2, axis: "length" } },
    { operator: "tanh" },
    { operator: "mean" },
    { operator: "dense", address: "head", args: { units: classes } },
  ],
});

describe.each(testedLibraries)("a net of vision operators on %s", (library) => {
  it("comes to fit a batch, without leaving tensors behind", async () => {
    const executor = await load(net, library);
    executor.writePlan(0, rows(24, ...net.plan.levels.map(() => 0.1)));
    const batch = batchOf(input, 4, classes, 3);
    const first = await executor.step(batch);
    await executor.step(batch);
    const tensors = executor.tensorCount();
    let last = first;
    for (let step = 2; step < 24; step++) last = await executor.step(batch);
    expect(executor.tensorCount()).toBe(tensors);
    expect(last.loss).toBeLessThan(0.8 * first.loss);
    // Every level moved: no operator cuts off what flows back.
    for (const norm of first.gradNorm) expect(norm).toBeGreaterThan(0);
  });

  it("forgets chance in evaluation", async () => {
    const executor = await load(net, library);
    const batch = batchOf(input, 4, classes, 5);
    const once = await executor.predict(batch);
    expect([...(await executor.predict(batch))]).toEqual([...once]);
  });
});

it("wasm and cpu walk the same way", async () => {
  const losses: number[][] = [];
  for (const library of ["wasm", "cpu"] as const) {
    const executor = await load(net, library);
    executor.writePlan(0, rows(5, ...net.plan.levels.map(() => 0.05)));
    const batch = batchOf(input, 4, classes, 8);
    const own: number[] = [];
    for (let step = 0; step < 5; step++) own.push((await executor.step(batch)).loss);
    losses.push(own);
  }
  const [wasm, cpu] = losses;
  wasm?.forEach((loss, step) => {
    expect(Math.abs(loss - (cpu?.[step] ?? 0))).toBeLessThan(1e-3);
  });
});
