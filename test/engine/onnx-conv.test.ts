import { describe, it } from "vitest";
import { loadRuntime } from "../../src/engine/executors/onnx/runtime.js";
import { OnnxSession } from "../../src/engine/executors/onnx/session.js";
import { loadLibrary } from "../../src/engine/libraries.js";
import { convCases, convGraphs, expectReference } from "./conv-cases.js";

const loaded = await loadRuntime();
const runtime = "runtime" in loaded ? loaded.runtime : null;
await loadLibrary("wasm");

describe.runIf(runtime !== null)("convolutions on onnxruntime", () => {
  it.each(convCases.map((one) => [JSON.stringify(one), one] as const))(
    "are those of the reference: %s",
    async (_, one) => {
      if (runtime === null) throw new Error("no runtime");
      for (const graph of convGraphs(one))
        for (const threads of [1, 4])
          await expectReference(graph, (opened) => OnnxSession.open(runtime, opened, threads));
    },
  );
});
