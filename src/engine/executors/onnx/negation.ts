import type { InferenceSession } from "onnxruntime-node";
import type { OnnxRuntime } from "./runtime.js";
import { modelProto } from "./schema.js";

/** What became of two negated numbers: in the memory that was given for them, and in what was handed out. */
export interface Negated {
  readonly given: boolean;
  readonly handedOut: boolean;
}

/**
 * Negates two numbers, which tells how a runtime or a device of it behaves.
 * @throws whatever the runtime throws where it can't
 */
export async function negation(
  runtime: OnnxRuntime,
  options: InferenceSession.SessionOptions,
): Promise<Negated> {
  const pair = (name: string) => ({ name, type: "float32", shape: [2] }) as const;
  const bytes = modelProto({
    nodes: [{ operator: "Neg", domain: "", inputs: ["x"], outputs: ["y"], attributes: {} }],
    initializers: [],
    inputs: [pair("x")],
    outputs: [pair("y")],
  });
  const session = await runtime.InferenceSession.create(bytes, { logSeverityLevel: 4, ...options });
  const given = new Float32Array(2);
  const tensor = (values: Float32Array) => new runtime.Tensor("float32", values, [2]);
  const { y } = await session.run({ x: tensor(Float32Array.of(3, -7)) }, { y: tensor(given) });
  await session.release();
  const isRight = (values: ArrayLike<unknown> | undefined) => values?.[0] === -3 && values[1] === 7;
  return { given: isRight(given), handedOut: isRight(y?.data) };
}
