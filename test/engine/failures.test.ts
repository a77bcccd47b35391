import { describe, expect, it, vi } from "vitest";
import { InternalError } from "../../src/base/invariant.js";
import { LeracError } from "../../src/diagnostics/index.js";
import { announcement, listBackends, loadExecutor } from "../../src/engine/index.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { programOf } from "../harness/program.js";
import { testedLibraries } from "./backends.js";
import { batchOf, input, load, net, rows } from "./fixtures.js";

/** In place before any import, so before any library loads. */
const spoken = vi.hoisted(() =>
  (["log", "warn", "error"] as const).map((method) => vi.spyOn(console, method)),
);

describe("what can go wrong", () => {
  async function diagnosticOf(backend: "onnx" | "tensorflow", program: TrainingProgram = net) {
    const error = await loadExecutor(program, { backend, seed: 1 }).catch((thrown: unknown) => thrown);
    if (!(error instanceof LeracError)) throw new Error(`no LeracError: ${String(error)}`);
    return { exit: error.exitCode, diagnostic: error.diagnostics[0] };
  }

  it("onnx refuses a program whose step it can't compile, with the layer", async () => {
    const onnx = (await listBackends()).find((row) => row.name === "onnx");
    const program = programOf({
      input: [4],
      layers: [
        { operator: "softmax", address: "soft" },
        { operator: "dense", args: { units: 2 } },
      ],
    });
    const { exit, diagnostic } = await diagnosticOf("onnx", program);
    expect(exit).toBe(4);
    expect(diagnostic?.code).toBe(onnx?.available ? "L0903" : "L0901");
    if (onnx?.available)
      expect(diagnostic?.notes.join()).toContain("the layer soft (softmax) computes softmax");
  });

  it("a backend that is not installed says what to install (skipped where TensorFlow is: none is missing then)", async (test) => {
    const [tensorflow] = await listBackends();
    if (tensorflow?.available) return test.skip("TensorFlow is installed here");
    const { exit, diagnostic } = await diagnosticOf("tensorflow");
    expect(exit).toBe(4);
    expect(diagnostic?.code).toBe("L0901");
    expect(diagnostic?.message).toBe("backend tensorflow is not available on this machine");
    expect(diagnostic?.notes.join()).toMatch(
      /^tensorflow (is not installed|has no native module|does not load)/,
    );
    expect(diagnostic?.helps[0]?.text).toContain("npm install @tensorflow/tfjs-node");
  });

  it("auto takes what is there and says why it is not a faster one", async () => {
    const { info } = await load(net, "auto");
    const names = (await listBackends()).filter((row) => row.available).map((row) => row.name);
    expect(names).toEqual(expect.arrayContaining(["wasm", "cpu"]));
    const [fastest] = ["tensorflow", "onnx", "wasm"].filter((name) => names.includes(name));
    expect(info.executor === "onnx" ? "onnx" : info.library).toBe(fastest);
    const skipped = {
      tensorflow: /^$/,
      onnx: /^tensorflow [^;]+$/,
      wasm: /^tensorflow [^;]+; onnxruntime-node /,
    };
    expect(info.remark).toMatch(skipped[fastest as "onnx"]);
  });

  it("auto trains what onnx can't compile elsewhere and says what that was", async (test) => {
    const [tensorflow, onnx] = await Promise.all(
      ["tensorflow", "onnx"].map(async (name) => (await listBackends()).find((row) => row.name === name)),
    );
    if (tensorflow?.available || !onnx?.available) return test.skip("auto never asks onnx here");
    const program = programOf({
      input: [6],
      layers: [
        { operator: "softmax", address: "soft" },
        { operator: "dense", args: { units: 2 } },
      ],
    });
    const { info } = await load(program, "auto");
    expect(info.library).toBe("wasm");
    expect(announcement(info)).toMatch(
      /^backend wasm \(cpu, WebAssembly, 1 thread\): tensorflow .*; onnx can't train this model: the layer soft \(softmax\)/,
    );
  });

  it("loads without a word on the console and without catching the process's errors", async () => {
    for (const library of testedLibraries) {
      const executor = await load(net, library);
      executor.writePlan(0, rows(1, 0.1, 0.1, 0.1, 0.1));
      await executor.step(batchOf(input, 5, 4, 1));
      await executor.evaluate(batchOf(input, 5, 4, 1));
    }
    for (const spy of spoken) expect(spy).not.toHaveBeenCalled();
    expect(process.rawListeners("uncaughtException").map(String).join()).not.toContain("ExitStatus");
    expect(process.rawListeners("unhandledRejection").map(String).join()).not.toContain("throw");
  });

  const broken: readonly [string, (program: TrainingProgram) => TrainingProgram][] = [
    [
      "an unknown operator",
      (p) => ({
        ...p,
        model: { ...p.model, layers: p.model.layers.map((l) => ({ ...l, operator: "warp" })) },
      }),
    ],
    [
      "an input that is not above",
      (p) => ({
        ...p,
        model: { ...p.model, layers: p.model.layers.map((l) => ({ ...l, inputs: ["later"] })) },
      }),
    ],
    ["a tensor in no level", (p) => ({ ...p, plan: { ...p.plan, levels: p.plan.levels.slice(1) } })],
  ];
  it.each(broken)("%s is our own fault", async (_, spoil) => {
    await expect(loadExecutor(spoil(net), { backend: "cpu", seed: 1 })).rejects.toThrow(InternalError);
  });

  it("an output of another size than the program's is our own fault", async () => {
    const [first, ...others] = net.model.layers;
    if (first === undefined) throw new Error("no layer");
    const layers = [{ ...first, output: [6, 6, 5] }, ...others];
    const executor = await load({ ...net, model: { ...net.model, layers } }, "cpu");
    await expect(executor.predict(batchOf(input, 2, 4, 1))).rejects.toThrow(/its program says/);
  });

  it("unknown tensors, wrong sizes and wrong batches are our own fault", async () => {
    const executor = await load(net, "cpu");
    await expect(executor.read(["nowhere.weight"])).rejects.toThrow(InternalError);
    const wrong = { shape: [3], values: new Float32Array(3) };
    await expect(executor.write(new Map([["dense6.weight", wrong]]))).rejects.toThrow(InternalError);
    const batch = batchOf(input, 5, 4, 1);
    await expect(executor.evaluate({ ...batch, labels: Int32Array.of(1) })).rejects.toThrow(/1 labels for 5/);
    await expect(executor.evaluate({ ...batch, labels: new Int32Array(5).fill(4) })).rejects.toThrow(/label/);
    await expect(executor.evaluate({ ...batch, inputs: new Map() })).rejects.toThrow(/no input image/);
  });
});
