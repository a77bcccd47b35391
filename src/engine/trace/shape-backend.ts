import type { BackendValues, DataType, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { InternalError, invariant } from "../../base/invariant.js";
import type { Attributes } from "../graph/types.js";
import { kinds } from "../kinds/index.js";
import { engine, findBackend, KernelBackend, registerBackend, registerKernel, setBackend } from "../tfjs.js";
import type { Recorder } from "./recorder.js";

export const shapeBackend = "lerac-shape";

/**
 * A TensorFlow.js backend that computes nothing: a kernel call becomes an operation of the graph that is being recorded,
 * and its results have shapes and no numbers. What an identity gives is its operand; everything else is a new value.
 */
export class ShapeBackend extends KernelBackend {
  /** Set while a step is traced. */
  recorder: Recorder | null = null;
  /** Tensors that refer to each piece of data: the library asks, though nothing is freed. */
  readonly #references = new WeakMap<object, number>();
  #pieces = 0;

  get recording(): Recorder {
    invariant(this.recorder, "an operation ran on the tracing backend outside of a trace");
    return this.recorder;
  }

  /** A piece of data without numbers. */
  make(): object {
    const made = {};
    this.#references.set(made, 1);
    this.#pieces++;
    return made;
  }

  /** The only door for numbers: they become a constant of the graph. */
  override write(values: BackendValues, shape: number[], dtype: DataType): object {
    invariant(dtype === "float32" || dtype === "int32", `a constant of the step is ${dtype}`);
    const made = this.make();
    this.recording.adopt(made, { dtype, shape }, values as Float32Array | Int32Array);
    return made;
  }

  override readSync(): BackendValues {
    throw this.recording.looked();
  }

  override async read(): Promise<BackendValues> {
    throw this.recording.looked();
  }

  override move(): void {
    throw new InternalError("a tensor of another backend came into a step that is being compiled");
  }

  override incRef(piece: object): void {
    this.#references.set(piece, this.refCount(piece) + 1);
  }

  override refCount(piece: object): number {
    return this.#references.get(piece) ?? 0;
  }

  override disposeData(piece: object, force = false): boolean {
    const left = this.refCount(piece) - 1;
    this.#references.set(piece, left);
    if (left > 0 && !force) return false;
    this.#pieces--;
    return true;
  }

  override numDataIds(): number {
    return this.#pieces;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {}
}

let registered = false;

/** Makes the backend and its kernels known, once a process. */
function register(): void {
  if (registered) return;
  registered = true;
  registerBackend(shapeBackend, () => new ShapeBackend(), 0);
  registerKernel({
    kernelName: "Identity",
    backendName: shapeBackend,
    kernelFunc: ({ inputs, backend }) => {
      const x = inputs.x as TensorInfo;
      (backend as ShapeBackend).incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
  });
  for (const { name, operands } of kinds.values()) {
    registerKernel({
      kernelName: name,
      backendName: shapeBackend,
      kernelFunc: ({ inputs, attrs, backend }) => {
        // Numbered operands come in their order.
        const given = (operands ?? Object.keys(inputs)).map((operand) => inputs[operand] as TensorInfo);
        const made = (backend as ShapeBackend).recording.record(name, given, (attrs ?? {}) as Attributes);
        // The library's own sums of gradients expect one tensor of what gives one.
        return made.length === 1 ? (made[0] as TensorInfo) : made;
      },
    });
  }
}

/**
 * Runs a function with everything it computes recorded. Nothing in it may wait: the library has one global engine, which
 * is this backend's until the function returns.
 */
export function recorded(
  recorder: (backend: ShapeBackend) => Recorder,
  run: (recorder: Recorder) => void,
): void {
  register();
  const before = engine().backendName;
  void setBackend(shapeBackend);
  const backend = findBackend(shapeBackend);
  invariant(backend instanceof ShapeBackend, "the tracing backend did not start");
  const recording = recorder(backend);
  backend.recorder = recording;
  engine().startScope();
  try {
    run(recording);
  } finally {
    engine().endScope();
    backend.recorder = null;
    if (before) void setBackend(before);
  }
}

/** Runs a kind of operation on the current backend, which is the tracing one. */
export function call(
  kind: string,
  inputs: readonly Tensor[],
  attributes: Attributes = {},
): readonly Tensor[] {
  const operands = kinds.get(kind)?.operands;
  const named = Object.fromEntries(inputs.map((input, index) => [operands?.[index] ?? String(index), input]));
  const given = engine().runKernel(kind, named, { ...attributes } as never) as Tensor | Tensor[];
  return Array.isArray(given) ? given : [given];
}

/** The result of a kind that has one, or its first. */
export function callOne(kind: string, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
  const [first] = call(kind, inputs, attributes);
  invariant(first, `${kind} gave nothing`);
  return first;
}
