import { describe, it } from "vitest";
import { onDevice } from "../../src/engine/executors/onnx/model.js";
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
      // Without blocks is how processors of other makes and other devices compute.
      for (const graph of convGraphs(one))
        for (const options of [{ threads: 1 }, { threads: 4 }, { threads: 2, target: onDevice }])
          await expectReference(graph, (opened) => OnnxSession.open(runtime, opened, options));
    },
  );
});
