import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../../base/invariant.js";
import type { StepGraph, ValueType } from "../../graph/types.js";
import { sizeOf } from "../../graph/types.js";
import { kinds } from "../../kinds/index.js";
import type { Library } from "../../libraries.js";
import { engine, setBackend, tensor, tidy } from "../../tfjs.js";
import { type GraphRunner, type Numbers, nextName } from "./runner.js";

/**
 * Runs a graph operation by operation, each by its kind's reference, on a TensorFlow.js backend that is loaded: what
 * the graph means, and the yardstick of executors that run it whole. Values are freed after their last use.
 */
export class Interpreter implements GraphRunner {
  /** For each operation: the values that nothing needs after it. */
  readonly #done: readonly (readonly number[])[];

  constructor(
    readonly graph: StepGraph,
    readonly library: Library,
  ) {
    this.#done = lastUses(graph);
  }

  async run(feeds: ReadonlyMap<string, Numbers>, results: ReadonlyMap<string, Numbers>): Promise<void> {
    if (engine().backendName !== this.library) void setBackend(this.library);
    engine().startScope();
    try {
      this.#run(feeds, results);
    } finally {
      engine().endScope();
    }
  }

  async dispose(): Promise<void> {}

  #run(feeds: ReadonlyMap<string, Numbers>, results: ReadonlyMap<string, Numbers>): void {
    const { graph } = this;
    const tensors = new Map<number, Tensor>();
    const get = (value: number) => {
      const found = tensors.get(value);
      invariant(found, `%${value} is not there`);
      return found;
    };
    for (const { name, value } of [...graph.states, ...graph.inputs]) {
      const numbers = feeds.get(name);
      invariant(numbers, `nothing is fed for ${name}`);
      tensors.set(value, tensorOf(graph.values[value], numbers));
    }
    for (const { value, numbers } of graph.constants) {
      const type = graph.values[value];
      const all = Float32Array.from(
        { length: sizeOf(type?.shape ?? []) },
        (_, i) => numbers[i] ?? numbers[0] ?? 0,
      );
      tensors.set(value, tensorOf(type, all));
    }
    for (const [index, op] of graph.ops.entries()) {
      const made = tidy(() => [...(kinds.get(op.kind)?.reference(op.inputs.map(get), op.attributes) ?? [])]);
      op.outputs.forEach((output, i) => {
        const value = made[i];
        invariant(value, `${op.kind} gives ${made.length} values`);
        const expected = graph.values[output]?.shape.join();
        invariant(value.shape.join() === expected, `${op.kind} gives [${value.shape}], not [${expected}]`);
        tensors.set(output, value);
      });
      for (const value of this.#done[index] ?? []) tensors.get(value)?.dispose();
    }
    const read = (name: string, value: number) =>
      results.get(name)?.set(get(value).dataSync() as Float32Array);
    for (const { name, next } of graph.states) if (next !== undefined) read(nextName(name), next);
    for (const { name, value } of graph.outputs) read(name, value);
  }
}

/** TensorFlow.js has no uint32: its bits go as int32. The numbers are copied, as plain cpu keeps what it is given. */
function tensorOf(type: ValueType | undefined, numbers: Numbers): Tensor {
  invariant(type, "a value without a type");
  const copy =
    type.dtype === "float32" ? Float32Array.from(numbers) : Int32Array.from(numbers, (number) => number | 0);
  return tensor(copy, [...type.shape], type.dtype === "float32" ? "float32" : "int32");
}

/** For each operation, what neither a later one nor the caller reads. */
function lastUses({ ops, states, outputs }: StepGraph): number[][] {
  const kept = new Set([...outputs.map(({ value }) => value), ...states.flatMap(({ next }) => next ?? [])]);
  const last = new Map<number, number>();
  ops.forEach((op, index) => {
    for (const value of [...op.outputs, ...op.inputs]) if (!kept.has(value)) last.set(value, index);
  });
  const done: number[][] = ops.map(() => []);
  for (const [value, index] of last) done[index]?.push(value);
  return done;
}
