import { invariant } from "../../../base/invariant.js";
import { whyBanned } from "./banned.js";
import {
  blockedDomain,
  dataType,
  type OnnxAttributes,
  type OnnxNode,
  type OnnxTensor,
  type OnnxType,
  runtimeDomain,
} from "./schema.js";

/** Collects the nodes of a model; a node that is there already is not made again, nor is a constant. */
export class OnnxWriter {
  readonly #nodes: OnnxNode[] = [];
  readonly #constants = new Map<string, OnnxTensor>();
  readonly #made = new Map<string, readonly string[]>();
  readonly #outputs = new Set<string>();
  #names = 0;

  /** The first output of a node. */
  node(operator: string, inputs: readonly string[], attributes: OnnxAttributes = {}): string {
    return this.nodes(operator, inputs, attributes, 1)[0] ?? "";
  }

  /** A node over images in blocks of channels. */
  blocked(operator: string, inputs: readonly string[], attributes: OnnxAttributes = {}): string {
    return this.nodes(operator, inputs, attributes, 1, blockedDomain)[0] ?? "";
  }

  nodes(
    operator: string,
    inputs: readonly string[],
    attributes: OnnxAttributes,
    count: number,
    domain = operator === "FusedMatMul" ? runtimeDomain : "",
  ): readonly string[] {
    const key = JSON.stringify([operator, domain, inputs, attributes, count]);
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const outputs = Array.from({ length: count }, () => this.#name());
    const node = { operator, domain, inputs, outputs, attributes };
    const why = whyBanned(node);
    invariant(why === null, `a compiled step holds ${why}`);
    this.#add(node);
    this.#made.set(key, outputs);
    return outputs;
  }

  /** @param text what tells the values from others; themselves when left out */
  constant(
    type: OnnxType,
    shape: readonly number[],
    values: OnnxTensor["values"],
    text = values.join(),
  ): string {
    const key = `${type} ${shape.join()} ${text}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known.name;
    const name = this.#name();
    this.#constants.set(key, { name, type, shape, values });
    return name;
  }

  /** A row of whole numbers: sizes, axes. */
  wholes(values: readonly number[]): string {
    return this.constant("int64", [values.length], BigInt64Array.from(values, BigInt));
  }

  scalar(value: number): string {
    return this.constant("float32", [], Float32Array.of(value));
  }

  words(shape: readonly number[], values: ArrayLike<number>): string {
    return this.constant("uint32", shape, Uint32Array.from(values));
  }

  reshape(x: string, shape: readonly number[]): string {
    return this.node("Reshape", [x, this.wholes(shape)]);
  }

  cast(x: string, type: OnnxType): string {
    return this.node("Cast", [x], { to: dataType[type] });
  }

  transpose(x: string, perm: readonly number[]): string {
    return this.node("Transpose", [x], { perm });
  }

  /** Sums, means and the like over some axes, which go. */
  reduce(operator: string, x: string, axes: readonly number[]): string {
    return this.node(operator, [x, this.wholes(axes)], { keepdims: 0 });
  }

  /** @param bounds for each axis named: from, up to, step */
  slice(x: string, axes: readonly number[], bounds: readonly (readonly [number, number, number])[]): string {
    const part = (index: 0 | 1 | 2) => this.wholes(bounds.map((bound) => bound[index]));
    return this.node("Slice", [x, part(0), part(1), this.wholes(axes), part(2)]);
  }

  add(a: string, b: string): string {
    return this.node("Add", [a, b]);
  }

  sub(a: string, b: string): string {
    return this.node("Sub", [a, b]);
  }

  mul(a: string, b: string): string {
    return this.node("Mul", [a, b]);
  }

  div(a: string, b: string): string {
    return this.node("Div", [a, b]);
  }

  /** 1 where x is above 0, else 0. */
  positive(x: string): string {
    return this.cast(this.node("Greater", [x, this.scalar(0)]), "float32");
  }

  /** The same value under a name of its own, each time. */
  copy(x: string): string {
    const output = this.#name();
    this.#add({ operator: "Identity", domain: "", inputs: [x], outputs: [output], attributes: {} });
    return output;
  }

  /** Whether a name is a node's output, and not what comes in. */
  isMade(name: string): boolean {
    return this.#outputs.has(name);
  }

  /** Nodes and constants that the names depend on, in order. */
  needed(roots: readonly string[]): { readonly nodes: OnnxNode[]; readonly initializers: OnnxTensor[] } {
    const live = new Set(roots);
    const nodes: OnnxNode[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((output) => live.has(output))) continue;
      for (const input of node.inputs) live.add(input);
      nodes.push(node);
    }
    return {
      nodes: nodes.reverse(),
      initializers: [...this.#constants.values()].filter(({ name }) => live.has(name)),
    };
  }

  #add(node: OnnxNode): void {
    this.#nodes.push(node);
    for (const output of node.outputs) this.#outputs.add(output);
  }

  #name(): string {
    return `t${this.#names++}`;
  }
}
