import type { OnnxRuntime } from "./runtime.js";
import { modelProto } from "./schema.js";

const known = new WeakMap<OnnxRuntime, Promise<boolean>>();

/**
 * Whether the runtime writes results into the memory that it is given for them. onnxruntime-node 1.30 does, and hands out
 * copies besides; another version may hand out its own memory alone. Found out by negating two numbers, once a process.
 */
export function writesGivenMemory(runtime: OnnxRuntime): Promise<boolean> {
  let asked = known.get(runtime);
  if (asked === undefined) {
    asked = probe(runtime).catch(() => false);
    known.set(runtime, asked);
  }
  return asked;
}

async function probe(runtime: OnnxRuntime): Promise<boolean> {
  const pair = (name: string) => ({ name, type: "float32", shape: [2] }) as const;
  const bytes = modelProto({
    nodes: [{ operator: "Neg", domain: "", inputs: ["x"], outputs: ["y"], attributes: {} }],
    initializers: [],
    inputs: [pair("x")],
    outputs: [pair("y")],
  });
  const session = await runtime.InferenceSession.create(bytes, { logSeverityLevel: 4, intraOpNumThreads: 1 });
  const given = new Float32Array(2);
  const tensor = (values: Float32Array) => new runtime.Tensor("float32", values, [2]);
  await session.run({ x: tensor(Float32Array.of(3, -7)) }, { y: tensor(given) });
  await session.release();
  return given[0] === -3 && given[1] === 7;
}
