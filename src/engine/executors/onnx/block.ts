import type { OnnxRuntime } from "./runtime.js";
import { modelProto } from "./schema.js";

const known = new WeakMap<OnnxRuntime, Promise<number | null>>();

/**
 * Channels that lie together in the images of the runtime's blocked kernels on this machine's processor: 16 or 8; null
 * where it has no such kernels. Found out by putting two pixels of 16 numbered channels into blocks, once a process.
 */
export function blockOf(runtime: OnnxRuntime): Promise<number | null> {
  let asked = known.get(runtime);
  if (asked === undefined) {
    asked = probe(runtime).catch(() => null);
    known.set(runtime, asked);
  }
  return asked;
}

async function probe(runtime: OnnxRuntime): Promise<number | null> {
  const shape = [1, 16, 1, 2];
  const node = {
    operator: "ReorderInput",
    domain: "com.microsoft.nchwc",
    inputs: ["x"],
    outputs: ["y"],
    attributes: {},
  };
  const bytes = modelProto({
    nodes: [node],
    initializers: [],
    inputs: [{ name: "x", type: "float32", shape }],
    outputs: [{ name: "y", type: "float32", shape }],
  });
  const session = await runtime.InferenceSession.create(bytes, { logSeverityLevel: 4, intraOpNumThreads: 1 });
  const numbers = Float32Array.from({ length: 32 }, (_, i) => i);
  const { y } = await session.run({ x: new runtime.Tensor("float32", numbers, shape) });
  await session.release();
  // Channel c at pixel p is the number 2c + p; a block has the first pixel of its channels, then the second.
  const found = [16, 8].find((block) =>
    numbers.every((_, place) => {
      const within = place % (2 * block);
      const channel = Math.floor(place / (2 * block)) * block + (within % block);
      return y?.data[place] === 2 * channel + Math.floor(within / block);
    }),
  );
  return found ?? null;
}
