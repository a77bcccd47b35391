import { invariant } from "../../base/invariant.js";
import type { Constant, Named, Op, State, StepGraph, ValueType } from "./types.js";

/** Numbers a constant may hold when they are not all equal: what is larger is state or input. */
const largestLiteral = 16384;

/** Collects a graph, operation after operation, in the order in which they are to run. */
export class GraphBuilder {
  readonly #values: ValueType[] = [];
  readonly #inputs: Named[] = [];
  readonly #states: State[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #ops: Op[] = [];
  readonly #outputs: Named[] = [];

  input(name: string, type: ValueType): number {
    const value = this.#value(type);
    this.#inputs.push({ name, value });
    return value;
  }

  state(type: ValueType, state: Omit<State, "value" | "next">): number {
    const value = this.#value(type);
    this.#states.push({ ...state, value });
    return value;
  }

  /** A state has this value after the step. */
  next(name: string, value: number): void {
    const index = this.#states.findIndex((state) => state.name === name);
    const state = this.#states[index];
    invariant(state, `no state ${name} to write`);
    invariant(state.next === undefined, `state ${name} is written twice`);
    this.#states[index] = { ...state, next: value };
  }

  /** Equal constants are one. */
  constant(type: ValueType, numbers: ArrayLike<number>, at: string): number {
    const all = Array.from(numbers);
    const splat = all.every((number) => Object.is(number, all[0]));
    invariant(splat || all.length <= largestLiteral, `${at} puts ${all.length} numbers into the step`);
    const kept = splat ? all.slice(0, 1) : all;
    const key = `${type.dtype} ${type.shape.join()} ${kept.map((number) => (Object.is(number, -0) ? "-0" : number)).join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known.value;
    const value = this.#value(type);
    this.#constants.set(key, { value, numbers: kept });
    return value;
  }

  /** @returns the ids of its outputs */
  op(op: Omit<Op, "outputs">, types: readonly ValueType[]): number[] {
    const outputs = types.map((type) => this.#value(type));
    this.#ops.push({ ...op, outputs });
    return outputs;
  }

  output(name: string, value: number): void {
    this.#outputs.push({ name, value });
  }

  type(value: number): ValueType {
    const type = this.#values[value];
    invariant(type, `no value ${value}`);
    return type;
  }

  /** The graph, without what nothing depends on; ids follow each other in the order of printing. */
  finish(about: Pick<StepGraph, "name" | "batch" | "columns">): StepGraph {
    const roots = [
      ...this.#outputs.map(({ value }) => value),
      ...this.#states.flatMap(({ next }) => next ?? []),
    ];
    const live = new Set(roots);
    const ops: Op[] = [];
    for (const op of this.#ops.toReversed()) {
      if (!op.outputs.some((output) => live.has(output))) continue;
      for (const input of op.inputs) live.add(input);
      ops.push(op);
    }
    ops.reverse();
    const states = this.#states.filter(({ value, next }) => next !== undefined || live.has(value));
    const constants = [...this.#constants.values()].filter(({ value }) => live.has(value));
    const order = [
      ...[...states, ...this.#inputs, ...constants].map(({ value }) => value),
      ...ops.flatMap(({ outputs }) => outputs),
    ];
    const ids = new Map(order.map((old, id) => [old, id]));
    const renamed = (old: number) => {
      const id = ids.get(old);
      invariant(id !== undefined, `value ${old} is used and not made`);
      return id;
    };
    return {
      ...about,
      values: order.map((old) => this.type(old)),
      inputs: this.#inputs.map((input) => ({ ...input, value: renamed(input.value) })),
      states: states.map((state) => ({
        ...state,
        value: renamed(state.value),
        ...(state.next === undefined ? {} : { next: renamed(state.next) }),
      })),
      constants: constants.map((constant) => ({ ...constant, value: renamed(constant.value) })),
      ops: ops.map((op) => ({ ...op, inputs: op.inputs.map(renamed), outputs: op.outputs.map(renamed) })),
      outputs: this.#outputs.map((output) => ({ ...output, value: renamed(output.value) })),
    };
  }

  #value(type: ValueType): number {
    return this.#values.push({ dtype: type.dtype, shape: [...type.shape] }) - 1;
  }
}
