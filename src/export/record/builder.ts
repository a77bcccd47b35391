import { invariant } from "../../base/invariant.js";
import {
  anySize,
  type BinaryName,
  type Constant,
  type Graph,
  type Node,
  type Operation,
  type ReduceName,
  sizeOf,
  type UnaryName,
  type Value,
} from "./graph.js";

/** Puts a graph together, operation by operation, and works out every shape. Names are unique and tell the layer. */
export class GraphBuilder {
  readonly #inputs: Value[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #nodes: Node[] = [];
  readonly #names = new Set<string>();
  /** The last number behind a name that was wanted several times. */
  readonly #counts = new Map<string, number>();
  /** Address of the layer whose operations follow: the names of its nodes begin with it. */
  layer = "";

  /** @param reserved names that the graph's outputs will have */
  constructor(reserved: readonly string[] = []) {
    for (const name of reserved) this.#names.add(name);
  }

  /** @param shape of one sample */
  input(name: string, shape: readonly number[]): Value {
    const value = { name: this.#unique(name), shape: [anySize, ...shape] };
    this.#inputs.push(value);
    return value;
  }

  /** A constant under its own name, such as the address of a parameter; the same name is the same constant. */
  constant(name: string, shape: readonly number[], values: Float32Array): Constant {
    return this.#constants.get(name) ?? this.#store(this.#unique(name), shape, values);
  }

  /** A constant that belongs to the layer at hand. */
  number(what: string, shape: readonly number[], values: Float32Array): Constant {
    return this.#store(this.#unique(`${this.layer}/${what}`), shape, values);
  }

  scalar(value: number): Constant {
    return this.number("number", [], Float32Array.of(value));
  }

  unary(name: UnaryName, x: Value): Value {
    return this.#add({ kind: "unary", name }, [x], x.shape, name);
  }

  binary(name: BinaryName, a: Value, b: Value | number): Value {
    const second = typeof b === "number" ? this.scalar(b) : b;
    return this.#add({ kind: "binary", name }, [a, second], broadcast(a.shape, second.shape), name);
  }

  /** Matrices in the last two axes. */
  matmul(a: Value, b: Value): Value {
    const [rows, inner] = a.shape.slice(-2);
    const [same, columns] = b.shape.slice(-2);
    invariant(inner === same && rows !== undefined && columns !== undefined, "matrices that do not fit");
    const shape = [...a.shape.slice(0, -2), rows, columns];
    return this.#add({ kind: "matmul" }, [a, b], shape, "matmul");
  }

  reduce(name: ReduceName, x: Value, axes: readonly number[], keep: boolean): Value {
    const shape = keep
      ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : x.shape.filter((_, axis) => !axes.includes(axis));
    return this.#add({ kind: "reduce", name, axes, keep }, [x], shape, name);
  }

  softmax(x: Value): Value {
    return this.#add({ kind: "softmax" }, [x], x.shape, "softmax");
  }

  /** x [B, H, W, C], kernel [kh, kw, C / groups, F], bias [F]. */
  conv2d(
    x: Value,
    kernel: Value,
    bias: Value | null,
    options: Omit<Extract<Operation, { kind: "conv2d" }>, "kind">,
  ): Value {
    const { stride, dilation, padding } = options;
    const [batch = anySize, height = 1, width = 1] = x.shape;
    const [rows = 1, columns = 1, , filters = 1] = kernel.shape;
    const out = (size: number, taps: number, sides: number) =>
      Math.floor((size + 2 * sides - dilation * (taps - 1) - 1) / stride) + 1;
    const shape = [batch, out(height, rows, padding[0]), out(width, columns, padding[1]), filters];
    const inputs = bias === null ? [x, kernel] : [x, kernel, bias];
    return this.#add({ kind: "conv2d", ...options }, inputs, shape, "conv2d");
  }

  /** Over whole windows only: padding is the caller's. */
  pool(
    name: "max" | "avg",
    x: Value,
    size: readonly [number, number],
    stride: readonly [number, number],
  ): Value {
    const [batch = anySize, height = 1, width = 1, channels = 1] = x.shape;
    const rows = Math.floor((height - size[0]) / stride[0]) + 1;
    const columns = Math.floor((width - size[1]) / stride[1]) + 1;
    return this.#add(
      { kind: "pool", name, size, stride },
      [x],
      [batch, rows, columns, channels],
      `${name}_pool`,
    );
  }

  /** The first size may be `anySize`, which then is what is left over. */
  reshape(x: Value, shape: readonly number[]): Value {
    if (x.shape.join() === shape.join()) return x;
    return this.#add({ kind: "reshape" }, [x], shape, "reshape");
  }

  transpose(x: Value, order: readonly number[]): Value {
    if (order.every((from, axis) => from === axis)) return x;
    const shape = order.map((axis) => x.shape[axis] ?? 1);
    return this.#add({ kind: "transpose", order }, [x], shape, "transpose");
  }

  concat(values: readonly Value[], axis: number): Value {
    const [first] = values;
    invariant(first, "concat of nothing");
    if (values.length === 1) return first;
    const total = values.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
    const shape = first.shape.map((size, i) => (i === axis ? total : size));
    return this.#add({ kind: "concat", axis }, values, shape, "concat");
  }

  pad(x: Value, margins: readonly (readonly [number, number])[], value: number): Value {
    if (margins.every(([before, after]) => before === 0 && after === 0)) return x;
    const shape = x.shape.map((size, axis) => {
      const [before, after] = margins[axis] ?? [0, 0];
      return size === anySize ? size : size + before + after;
    });
    return this.#add({ kind: "pad", margins, value }, [x], shape, "pad");
  }

  /** @param size `anySize` takes all samples */
  slice(x: Value, start: readonly number[], size: readonly number[]): Value {
    if (x.shape.join() === size.join()) return x;
    return this.#add({ kind: "slice", start }, [x], size, "slice");
  }

  gather(table: Value, indices: Value): Value {
    const width = table.shape[1] ?? 1;
    return this.#add({ kind: "gather" }, [table, indices], [...indices.shape, width], "gather");
  }

  /** x once for every sample of `like`. */
  repeat(x: Value, like: Value): Value {
    return this.#add({ kind: "repeat" }, [x, like], [anySize, ...x.shape], "repeat");
  }

  /** Gives a value a reserved name, and ends the graph. */
  finish(outputs: readonly { readonly name: string; readonly value: Value }[]): Graph {
    const named = outputs.map(({ name, value }) => {
      const output = { name, shape: value.shape };
      this.#nodes.push({ operation: { kind: "unary", name: "identity" }, inputs: [value], output });
      return output;
    });
    return {
      inputs: this.#inputs,
      constants: [...this.#constants.values()],
      nodes: this.#nodes,
      outputs: named,
    };
  }

  #add(operation: Operation, inputs: readonly Value[], shape: readonly number[], name: string): Value {
    const output = { name: this.#unique(`${this.layer}/${name}`), shape };
    this.#nodes.push({ operation, inputs, output });
    return output;
  }

  #store(name: string, shape: readonly number[], values: Float32Array): Constant {
    invariant(values.length === sizeOf(shape), `${name}: ${values.length} values for [${shape.join(", ")}]`);
    const value = { name, shape: [...shape], values };
    this.#constants.set(name, value);
    return value;
  }

  #unique(wanted: string): string {
    let name = wanted;
    let count = this.#counts.get(wanted) ?? 1;
    while (this.#names.has(name)) name = `${wanted}_${++count}`;
    this.#counts.set(wanted, count);
    this.#names.add(name);
    return name;
  }
}

/** The shape of two operands together: sizes agree, or one of them is 1 or not there. */
function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1;
    const right = b[i - rank + b.length] ?? 1;
    invariant(left === right || left === 1 || right === 1, `[${a.join()}] and [${b.join()}] do not fit`);
    return left === 1 ? right : left;
  });
}
