import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { InternalError, invariant } from "../../base/invariant.js";
import type { GraphBuilder } from "../graph/builder.js";
import type { Attributes, DType, Part, ValueType } from "../graph/types.js";
import { kinds } from "../kinds/index.js";
import { engine } from "../tfjs.js";
import type { ShapeBackend } from "./shape-backend.js";

/** Writes down what runs on the tracing backend, and for which layer. */
export class Recorder {
  readonly #values = new WeakMap<object, number>();
  #at = "";
  #part: Part = "forward";

  constructor(
    readonly backend: ShapeBackend,
    readonly builder: GraphBuilder,
  ) {}

  /** What `run` does is for this layer or tensor. */
  within<T>(at: string, part: Part, run: () => T): T {
    const before = [this.#at, this.#part] as const;
    [this.#at, this.#part] = [at, part];
    try {
      return run();
    } finally {
      [this.#at, this.#part] = before;
    }
  }

  get at(): string {
    return this.#at;
  }

  /** A tensor that stands for a value of the graph. */
  tensor(value: number): Tensor {
    const piece = this.backend.make();
    this.#values.set(piece, value);
    const { dtype, shape } = this.builder.type(value);
    return engine().makeTensorFromDataId(piece, [...shape], libraryType(dtype), this.backend);
  }

  /** The value that a tensor stands for. */
  value(tensor: TensorInfo): number {
    const value = this.#values.get(tensor.dataId);
    invariant(
      value !== undefined,
      `a tensor that no traced operation made came to ${this.#at || "the step"}`,
    );
    const { shape } = this.builder.type(value);
    invariant(
      shape.join() === tensor.shape.join(),
      `a value of [${shape.join(", ")}] is used as [${tensor.shape.join(", ")}]`,
    );
    return value;
  }

  /** Numbers made while tracing. */
  adopt(piece: object, type: ValueType, numbers: ArrayLike<number>): void {
    this.#values.set(piece, this.builder.constant(type, numbers, this.#at || "the step"));
  }

  record(name: string, inputs: readonly TensorInfo[], attributes: Attributes): TensorInfo[] {
    const kind = kinds.get(name);
    invariant(kind, `no kind ${name}`);
    const ids = inputs.map((input) => this.value(input));
    const types = kind.infer(
      ids.map((id) => this.builder.type(id)),
      attributes,
    );
    const op = { kind: name, inputs: ids, attributes: { ...attributes }, at: this.#at, part: this.#part };
    return this.builder.op(op, types).map((value, index) => {
      const piece = this.backend.make();
      this.#values.set(piece, value);
      const { shape, dtype } = types[index] as ValueType;
      return { dataId: piece, shape: [...shape], dtype: libraryType(dtype) };
    });
  }

  /** The fault of an operator that asks for numbers where there are none yet. */
  looked(): InternalError {
    return new InternalError(`${this.#at || "the step"} looks at values while the step is being compiled`);
  }
}

/** TensorFlow.js knows no uint32. */
function libraryType(dtype: DType): "float32" | "int32" {
  return dtype === "uint32" ? "int32" : dtype;
}
