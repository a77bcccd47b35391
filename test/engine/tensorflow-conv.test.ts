import { describe, it } from "vitest";
import { chooseTensorflow } from "../../src/engine/backends.js";
import { TensorflowSession } from "../../src/engine/executors/tensorflow/session.js";
import { loadLibrary } from "../../src/engine/libraries.js";
import { testedLibraries } from "./backends.js";
import { convCases, convGraphs, expectReference } from "./conv-cases.js";

const isInstalled = testedLibraries.includes("tensorflow");
const reason = isInstalled ? "" : " (skipped: tfjs-node with its native module is not installed)";
await loadLibrary("wasm");

describe.runIf(isInstalled)(`convolutions on TensorFlow${reason}`, () => {
  it.each(convCases.map((one) => [JSON.stringify(one), one] as const))(
    "are those of the reference: %s",
    async (_, one) => {
      // What a GPU is given runs on the processor just as well.
      for (const graph of convGraphs(one))
        for (const device of ["cpu", "gpu"] as const) {
          const session = new TensorflowSession(chooseTensorflow(2).binding, device);
          await expectReference(graph, (opened) => session.open(opened));
          session.dispose();
        }
    },
  );
});
