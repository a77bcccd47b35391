import { RandomSource } from "../../src/base/random.js";
import type { Numbers } from "../../src/engine/executors/compiled/runner.js";
import type { Attributes, DType, StepGraph } from "../../src/engine/graph/types.js";
import { kinds } from "../../src/engine/kinds/index.js";
import { Dice } from "./kind-dice.js";
import { makers } from "./kind-makers.js";

/** What is put into an operand: numbers of either sign, many of them equal, above 0, whole up to a limit, or one number. */
export type Fill = "signed" | "tied" | "positive" | { readonly below: number } | { readonly number: number };

export interface Operand {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly fill: Fill;
}

/** Operations one after another; operands are counted through: what is given, then what each makes. The last one counts. */
export interface KindCase {
  readonly given: readonly Operand[];
  readonly ops: readonly {
    readonly kind: string;
    readonly operands: readonly number[];
    readonly attributes: Attributes;
  }[];
}

export function kindCase(kind: string, index: number): KindCase {
  const maker = makers[kind];
  if (maker === undefined) throw new Error(`no case of ${kind}`);
  return maker(new Dice(kind, index), kind);
}

/**
 * The graph of a case. Images whose channels fill blocks come out of a convolution that changes nothing, so that they lie as a
 * net's own images do where an executor has a layout of its own.
 */
export function graphOf({ given, ops }: KindCase): StepGraph {
  const values = given.map(({ dtype, shape }) => ({ dtype, shape }));
  const inputs = values.map((_, value) => ({ name: `x${value}`, value }));
  const made: StepGraph["ops"][number][] = [];
  const add = (kind: string, operands: readonly number[], attributes: Attributes) => {
    const types = operands.map((id) => values[id] ?? { dtype: "float32" as const, shape: [] });
    const outputs = (kinds.get(kind)?.infer(types, attributes) ?? []).map(
      (type) => values.push(type as never) - 1,
    );
    made.push({ kind, inputs: [...operands], attributes, outputs, at: "", part: "forward" });
    return outputs;
  };
  const ids = given.map(({ dtype, shape }, id) => {
    const channels = shape.length === 4 ? (shape[3] ?? 1) : 1;
    const isKernel = ops.some(
      ({ kind, operands }) => kind.startsWith("lerac.Conv2d") && isKernelOf(kind, operands, id),
    );
    if (dtype !== "float32" || channels % 16 !== 0 || isKernel) return id;
    const kernel = values.push({ dtype, shape: [1, 1, channels, channels] }) - 1;
    inputs.push({ name: `identity${channels} of x${id}`, value: kernel });
    const sliding = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 };
    return add("lerac.Conv2d", [id, kernel], sliding)[0] ?? id;
  });
  for (const { kind, operands, attributes } of ops)
    ids.push(
      ...add(
        kind,
        operands.map((operand) => ids[operand] ?? -1),
        attributes,
      ),
    );
  const last = made.at(-1)?.outputs ?? [];
  return {
    name: "train",
    batch: 1,
    columns: [],
    values,
    states: [],
    inputs,
    constants: [],
    ops: made,
    outputs: last.map((value, i) => ({ name: `y${i}`, value })),
  };
}

function isKernelOf(kind: string, operands: readonly number[], id: number): boolean {
  return operands.indexOf(id) === (kind === "lerac.Conv2dFilterGrad" ? 2 : 1);
}

/** Numbers for the inputs of a case's graph. */
export function feedsOf({ given }: KindCase, graph: StepGraph): Map<string, Numbers> {
  return new Map(
    graph.inputs.map(({ name, value }, index): [string, Numbers] => {
      const { dtype, shape } = graph.values[value] ?? { dtype: "float32", shape: [] };
      const size = shape.reduce((product, extent) => product * extent, 1);
      const stream = new RandomSource({ seed: index, address: name, purpose: "numbers" }).at(size);
      const fill = given[index]?.fill;
      if (fill === undefined) {
        const channels = shape[3] ?? 1;
        return [name, Float32Array.from({ length: size }, (_, i) => (i % (channels + 1) === 0 ? 1 : 0))];
      }
      if (typeof fill === "object") {
        const number = () => ("number" in fill ? fill.number : stream.below(fill.below));
        const whole = dtype === "int32" ? new Int32Array(size) : new Uint32Array(size);
        return [name, whole.map(number)];
      }
      const signed = () => 2 * stream.uniform() - 1;
      const make = {
        signed,
        tied: () => Math.round(2 * signed()) / 2,
        positive: () => 0.05 + stream.uniform(),
      };
      return [name, new Float32Array(size).map(make[fill])];
    }),
  );
}
