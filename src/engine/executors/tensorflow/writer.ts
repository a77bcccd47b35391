import { invariant } from "../../../base/invariant.js";
import { Message } from "../../../base/protobuf.js";
import { type Attribute, flag, tensor, type, whole } from "./attributes.js";
import { operations } from "./operations.js";

type Attributes = Readonly<Record<string, Attribute>>;

const float32 = { T: type("float32") };
const int32 = { T: type("int32") };

/**
 * Collects the nodes of a TensorFlow graph (tensorflow/core/framework/node_def.proto). Constants are made once; a node
 * that is written twice is shared by TensorFlow's own optimizer.
 */
export class TensorflowWriter {
  readonly #nodes = new Message();
  readonly #constants = new Map<string, string>();
  #names = 0;

  /** Of all nodes that follow; empty for those that serve several graphs. */
  prefix = "";

  /** The nodes as fields of a GraphDef. */
  get graph(): Message {
    return this.#nodes;
  }

  /**
   * @param inputs names, `NAME:1` for second outputs, `^NAME` for what must have run before
   * @returns the name of the node, which is that of its first output
   */
  node(
    operation: string,
    inputs: readonly string[],
    attributes: Attributes = float32,
    name = this.#name(),
  ): string {
    const known = operations[operation];
    invariant(known, `${operation} is none of the operations of TensorFlow 2.9 that are used`);
    const node = new Message().text(1, name).text(2, operation);
    for (const input of inputs) node.text(3, input);
    for (const [key, value] of Object.entries(attributes)) {
      invariant(known.includes(key), `${operation} had no attribute ${key} in TensorFlow 2.9`);
      node.message(5, new Message().text(1, key).message(2, value));
    }
    this.#nodes.message(1, node);
    return name;
  }

  /** An operation on whole numbers. */
  whole(operation: string, inputs: readonly string[]): string {
    return this.node(operation, inputs, int32);
  }

  constant(values: Float32Array | Int32Array, shape: readonly number[]): string {
    const kind = values instanceof Float32Array ? "float32" : "int32";
    const key = `${this.prefix} ${kind} ${shape.join()} ${values.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const made = this.node("Const", [], { dtype: type(kind), value: tensor(values, shape) });
    this.#constants.set(key, made);
    return made;
  }

  scalar(value: number): string {
    return this.constant(Float32Array.of(value), []);
  }

  /** Sizes, axes. */
  sizes(values: readonly number[]): string {
    return this.constant(Int32Array.from(values), [values.length]);
  }

  /** A whole number; those from 2^31 on as the bits that they are. */
  word(value: number): string {
    return this.constant(Int32Array.of(value | 0), []);
  }

  add(a: string, b: string): string {
    return this.node("AddV2", [a, b]);
  }

  sub(a: string, b: string): string {
    return this.node("Sub", [a, b]);
  }

  mul(a: string, b: string): string {
    return this.node("Mul", [a, b]);
  }

  div(a: string, b: string): string {
    return this.node("RealDiv", [a, b]);
  }

  unary(operation: string, x: string): string {
    return this.node(operation, [x]);
  }

  /** 1 where x is above 0, else 0. */
  positive(x: string): string {
    const above = this.node("Greater", [x, this.scalar(0)]);
    return this.node("Cast", [above], { SrcT: type("bool"), DstT: type("float32") });
  }

  reshape(x: string, shape: readonly number[], of: Attribute = type("float32")): string {
    return this.node("Reshape", [x, this.sizes(shape)], { T: of, Tshape: type("int32") });
  }

  transpose(x: string, order: readonly number[]): string {
    return this.node("Transpose", [x, this.sizes(order)], { ...float32, Tperm: type("int32") });
  }

  /** Sums or means over some axes, which go. */
  reduce(operation: "Sum" | "Mean", x: string, axes: readonly number[], keep = false): string {
    const attributes = { ...float32, Tidx: type("int32"), keep_dims: flag(keep) };
    return this.node(operation, [x, this.sizes(axes)], attributes);
  }

  pad(x: string, margins: readonly (readonly [number, number])[], value = 0): string {
    const paddings = this.constant(Int32Array.from(margins.flat()), [margins.length, 2]);
    const attributes = { ...float32, Tpaddings: type("int32") };
    if (value === 0) return this.node("Pad", [x, paddings], attributes);
    return this.node("PadV2", [x, paddings, this.scalar(value)], attributes);
  }

  slice(x: string, start: readonly number[], size: readonly number[]): string {
    return this.node("Slice", [x, this.sizes(start), this.sizes(size)], { ...float32, Index: type("int32") });
  }

  concat(parts: readonly string[], axis: number, of: Attribute = type("float32")): string {
    // TensorFlow joins two or more.
    const [only = ""] = parts;
    if (parts.length === 1) return only;
    const attributes = { N: whole(parts.length), T: of, Tidx: type("int32") };
    return this.node("ConcatV2", [...parts, this.word(axis)], attributes);
  }

  matMul(a: string, b: string, turn: { readonly a?: boolean; readonly b?: boolean } = {}): string {
    return this.node("MatMul", [a, b], {
      ...float32,
      transpose_a: flag(turn.a === true),
      transpose_b: flag(turn.b === true),
    });
  }

  /** Along the first axis. */
  gather(x: string, index: string, of: Attribute = type("float32"), axis = 0): string {
    const attributes = { Tparams: of, Tindices: type("int32"), Taxis: type("int32") };
    return this.node("GatherV2", [x, index, this.word(axis)], attributes);
  }

  #name(): string {
    return `${this.prefix}n${this.#names++}`;
  }
}
