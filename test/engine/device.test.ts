import { describe, expect, it } from "vitest";
import { LeracError } from "../../src/diagnostics/index.js";
import { checkDevice } from "../../src/engine/device-check.js";
import { deviceNames, devicesOf, readDeviceName, whyNotOn } from "../../src/engine/devices.js";
import { loadRuntime } from "../../src/engine/executors/onnx/runtime.js";
import { OnnxSession } from "../../src/engine/executors/onnx/session.js";
import type { StepGraph } from "../../src/engine/graph/types.js";
import { type Executor, loadExecutor, type NamedTensor } from "../../src/engine/index.js";
import { loadLibrary } from "../../src/engine/libraries.js";
import { compiledCases, expectSameTraining } from "./compiled-cases.js";
import { convCases, convGraphs, expectReference } from "./conv-cases.js";
import { load, net } from "./fixtures.js";

const loaded = await loadRuntime();
const runtime = "runtime" in loaded ? loaded.runtime : null;
await loadLibrary("wasm");
const whyNot = runtime === null ? "there is no onnxruntime" : await whyNotOn(runtime, "webgpu");

// Where somebody went to the length of providing a device, tests that pass by skipping it would say the wrong thing.
if (process.env.LERAC_REQUIRE_DEVICE === "webgpu" && whyNot !== null)
  throw new Error(`LERAC_REQUIRE_DEVICE: ${whyNot}`);

function refusal(call: () => unknown) {
  try {
    call();
  } catch (error) {
    if (error instanceof LeracError) return { exit: error.exitCode, ...error.diagnostics[0] };
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("--device", () => {
  it("has a name, and a backend that has a choice", () => {
    expect(deviceNames.map((name) => readDeviceName(name, "onnx"))).toEqual(deviceNames);
    expect(readDeviceName("webgpu", "auto")).toBe("webgpu");
    expect(readDeviceName("cpu", "wasm")).toBe("cpu");
    expect(refusal(() => readDeviceName("gpu", "auto"))).toMatchObject({
      exit: 4,
      code: "L0901",
      message: "there is no device called gpu",
    });
    expect(refusal(() => readDeviceName("cuda", "wasm"))).toMatchObject({
      message: "backend wasm can't be told to compute on cuda",
    });
  });

  it.runIf(runtime !== null)("that is not there is refused, with the runtime's reason", async () => {
    if (runtime === null) return;
    expect(devicesOf(runtime)[0]).toBe("cpu");
    const missing = deviceNames.find((name) => !devicesOf(runtime).includes(name));
    if (missing === undefined) throw new Error("a runtime that knows all devices");
    const error = await loadExecutor(net, { backend: "onnx", seed: 1, device: missing }).catch((e) => e);
    expect(error).toBeInstanceOf(LeracError);
    const [{ code, message, notes }] = (error as LeracError).diagnostics as [
      LeracError["diagnostics"][0] & object,
    ];
    expect({ code, message }).toEqual({
      code: "L0901",
      message: `device ${missing} is not available on this machine`,
    });
    expect(notes.join()).toContain(`this onnxruntime knows ${devicesOf(runtime).join(", ")}`);
  });
});

describe("a device", () => {
  /** An executor on the processor that says that it is on another device, with its weights tampered with after a step. */
  async function disguised(tamper: (tensors: Map<string, NamedTensor>) => void): Promise<Executor> {
    const real = await load(net, "wasm");
    return new Proxy(real, {
      get(target, name) {
        if (name === "info") return { ...target.info, device: "webgpu" };
        if (name === "read")
          return async () => {
            const tensors = await target.read();
            if (target.stepsDone > 0) tamper(tensors);
            return tensors;
          };
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
      set: (target, name, value) => Reflect.set(target, name, value),
    });
  }

  it("that computes as the processor does is as it was before it was tried", async () => {
    const executor = await disguised(() => {});
    const before = await executor.read();
    await checkDevice(net, executor, await load(net, "cpu"));
    expect(executor.stepsDone).toBe(0);
    expect(await executor.read()).toEqual(before);
  });

  it.each([
    [1.1, "10 %"],
    [Number.NaN, "no finite number"],
  ])("whose changes are %d times those of the processor is refused: L0905", async (factor, share) => {
    const before = await (await load(net, "cpu")).read();
    const address = net.plan.levels[0]?.tensors[0] ?? "";
    const executor = await disguised((tensors) => {
      const first = before.get(address)?.values ?? [];
      tensors.get(address)?.values.forEach((now, i, values) => {
        values[i] = (first[i] ?? 0) + factor * (now - (first[i] ?? 0));
      });
    });
    const error = await checkDevice(net, executor, await load(net, "cpu")).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(LeracError);
    const [diagnostic] = (error as LeracError).diagnostics;
    expect(diagnostic).toMatchObject({ code: "L0905" });
    expect(diagnostic?.notes[0]).toContain(`is off by ${share} of what it changes`);
  });
});

const reason = whyNot === null ? "" : ` (skipped: ${whyNot})`;
/** A device in software compiles the programs of a net for some ten seconds, on a busy machine for minutes. */
describe.runIf(whyNot === null)(`on webgpu${reason}`, { timeout: 600_000 }, () => {
  it.each(compiledCases)("trains as the eager executor for 5 steps: %s", async (_, program) => {
    const there = await loadExecutor(program, { backend: "onnx", seed: 1, device: "webgpu" });
    expect(there.info.device).toBe("webgpu");
    await expectSameTraining(program, [await load(program, "wasm"), there], { steps: 5, tolerance: 1e-3 });
    there.dispose();
  });

  it.each(convCases.map((one) => [JSON.stringify(one), one] as const))(
    "convolutions are those of the reference: %s",
    async (_, one) => {
      if (runtime === null) return;
      const open = (graph: StepGraph) => OnnxSession.open(runtime, graph, { threads: 1, device: "webgpu" });
      for (const graph of convGraphs(one)) {
        await expectReference(graph, open);
      }
    },
  );
});
