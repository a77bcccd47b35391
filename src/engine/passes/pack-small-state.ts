import { type Op, type StepGraph, sizeOf, type ValueType } from "../graph/types.js";
import { kinds } from "../kinds/index.js";

/** Numbers up to which a tensor is small: copying it costs less than operations of its own. */
const mostNumbers = 8192;

/**
 * Biases, and weights of normalisations, are many and small: an update of each costs a runtime more in operations than in
 * arithmetic. So those of a level that are updated by one rule at one rate lie side by side for one update, and so they do
 * where sums of squares are taken; and so do all running statistics. New values are the same bit for bit, as a rule sees
 * each number by itself; a sum over several tensors is rounded in another order.
 *
 *     Update(w₁, g₁, …, rate), Update(w₂, g₂, …, rate)   →   Split(Update(Concat(w₁, w₂), Concat(g₁, g₂), …, rate))
 */
export function packSmallState(graph: StepGraph): StepGraph {
  const groups = groupsOf(graph);
  if (groups.length === 0) return graph;
  const packer = new Packer(graph.values);
  const packed = new Set(groups.flat());
  // What stands for all members of a group, by the values that it stands for.
  const together = groups.flatMap((group) => packer.pack(group));
  const others = graph.ops
    .filter((op) => !packed.has(op))
    .map((op) => (op.kind === "lerac.SumSquares" ? { ...op, inputs: joined(op.inputs, together) } : op));
  const used = new Set([
    ...others.flatMap(({ inputs }) => inputs),
    ...graph.outputs.map(({ value }) => value),
    ...graph.states.flatMap(({ next }) => next ?? []),
  ]);
  for (const one of together)
    if (one.isMade && one.members.some((member) => used.has(member))) packer.split(one);
  return { ...graph, values: packer.values, ops: inOrder([...others, ...packer.ops]) };
}

/** Operations that may be one: of small tensors, of the same kind, with the same scalars. */
function groupsOf({ ops, values }: StepGraph): Op[][] {
  const groups = new Map<string, Op[]>();
  for (const op of ops) {
    if (kinds.get(op.kind)?.elementwise !== true) continue;
    const { shape = [] } = values[op.inputs[0] ?? -1] ?? {};
    if (shape.length === 0 || sizeOf(shape) > mostNumbers) continue;
    const scalars = op.inputs.filter((value) => values[value]?.shape.length === 0);
    const key = JSON.stringify([op.kind, op.attributes, scalars]);
    groups.set(key, [...(groups.get(key) ?? []), op]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A value that holds others side by side. */
interface Together {
  readonly value: number;
  readonly members: readonly number[];
  /** Whether the members come of it, and not it of them. */
  readonly isMade: boolean;
}

class Packer {
  readonly values: ValueType[];
  readonly ops: Op[] = [];

  constructor(values: readonly ValueType[]) {
    this.values = [...values];
  }

  /** One update for all. @returns its weights and gradients, and what it makes */
  pack(group: readonly Op[]): Together[] {
    const [first] = group as [Op, ...Op[]];
    const size = group.reduce((sum, { inputs }) => sum + this.#size(inputs[0] ?? -1), 0);
    const operands = first.inputs.map((value, operand) => {
      if (this.values[value]?.shape.length === 0) return { value, members: [], isMade: false };
      const members = group.map(({ inputs }) => inputs[operand] ?? -1);
      const rows = members.map((member) => this.#reshaped(member, [this.#size(member)]));
      return {
        value: this.#op("lerac.Concat", rows, { axis: 0 }, [[size]])[0] ?? -1,
        members,
        isMade: false,
      };
    });
    const shapes = first.outputs.map(() => [size]);
    const inputs = operands.map(({ value }) => value);
    const made = this.#op(first.kind, inputs, first.attributes, shapes).map((value, output) => ({
      value,
      members: group.map(({ outputs }) => outputs[output] ?? -1),
      isMade: true,
    }));
    return [...operands.slice(0, 2), ...made];
  }

  /** Takes its members apart again. */
  split({ value, members }: Together): void {
    const sizes = members.map((member) => this.#size(member));
    const rows = members.map((member, i) => (this.#isRow(member) ? member : this.#value([sizes[i] ?? 0])));
    this.ops.push(update("lerac.Split", [value], { axis: 0, sizes }, rows));
    rows.forEach((row, i) => {
      const member = members[i] ?? -1;
      const { shape = [] } = this.values[member] ?? {};
      if (row !== member) this.ops.push(update("Reshape", [row], { shape }, [member]));
    });
  }

  #reshaped(value: number, shape: readonly number[]): number {
    if (this.#isRow(value)) return value;
    return this.#op("Reshape", [value], { shape }, [shape])[0] ?? -1;
  }

  #isRow(value: number): boolean {
    return this.values[value]?.shape.length === 1;
  }

  #size(value: number): number {
    return sizeOf(this.values[value]?.shape ?? []);
  }

  #op(
    kind: string,
    inputs: readonly number[],
    attributes: Op["attributes"],
    shapes: readonly (readonly number[])[],
  ): number[] {
    const outputs = shapes.map((shape) => this.#value(shape));
    this.ops.push(update(kind, inputs, attributes, outputs));
    return outputs;
  }

  #value(shape: readonly number[]): number {
    return this.values.push({ dtype: "float32", shape }) - 1;
  }
}

function update(
  kind: string,
  inputs: readonly number[],
  attributes: Op["attributes"],
  outputs: readonly number[],
): Op {
  return { kind, inputs, attributes, outputs, at: "", part: "update" };
}

/** Values, where all that one stands for are among them, with that one instead. */
function joined(values: readonly number[], together: readonly Together[]): number[] {
  const left = new Set(values);
  const instead: number[] = [];
  for (const { value, members } of together) {
    if (members.length === 0 || !members.every((member) => left.has(member))) continue;
    for (const member of members) left.delete(member);
    instead.push(value);
  }
  return [...left, ...instead];
}

/** Each operation after those that make what it reads, else as they stand. */
function inOrder(ops: readonly Op[]): Op[] {
  const makers = new Map(ops.flatMap((op) => op.outputs.map((output) => [output, op] as const)));
  const done = new Set<Op>();
  const ordered: Op[] = [];
  const add = (op: Op) => {
    if (done.has(op)) return;
    done.add(op);
    for (const input of op.inputs) {
      const maker = makers.get(input);
      if (maker !== undefined) add(maker);
    }
    ordered.push(op);
  };
  for (const op of ops) add(op);
  return ordered;
}
