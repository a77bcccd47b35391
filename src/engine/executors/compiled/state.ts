import { invariant } from "../../../base/invariant.js";
import { type DType, type Role, sizeOf } from "../../graph/types.js";
import type { StateShape } from "../../step/states.js";
import { type Numbers, nextName } from "./runner.js";

/**
 * The states of a run in the memory of the host, twice where the step writes them: a step reads one set and writes the
 * other, and only when it is done do they change places. So a step that fails has changed nothing.
 */
export class StateBuffers {
  readonly #current = new Map<string, Numbers>();
  readonly #spare = new Map<string, Numbers>();
  readonly shapes: ReadonlyMap<string, StateShape>;

  /** @param elsewhere those that lie in a store and not here */
  constructor(shapes: readonly StateShape[], elsewhere: (shape: StateShape) => boolean = () => false) {
    this.shapes = new Map(shapes.map((shape) => [shape.name, shape]));
    for (const shape of shapes) {
      const { name, type, role } = shape;
      if (elsewhere(shape)) continue;
      this.#current.set(name, numbersOf(type.dtype, sizeOf(type.shape)));
      if (!hostWrites(role)) this.#spare.set(name, numbersOf(type.dtype, sizeOf(type.shape)));
    }
  }

  has(name: string): boolean {
    return this.#current.has(name);
  }

  /** The numbers of a state, which may be written between steps. */
  get(name: string): Numbers {
    const numbers = this.#current.get(name);
    invariant(numbers, `no tensor ${name}`);
    return numbers;
  }

  /** Sets the numbers of a state between steps; the array is then its. */
  put(name: string, values: Numbers): void {
    invariant(this.get(name).length === values.length, `${name} has ${values.length} numbers`);
    this.#current.set(name, values);
  }

  /** What a step reads. */
  feeds(): Map<string, Numbers> {
    return new Map(this.#current);
  }

  /** Where a step writes the states named. */
  results(names: readonly string[]): Map<string, Numbers> {
    return new Map(
      names.map((name) => {
        const numbers = this.#spare.get(name);
        invariant(numbers, `the step writes ${name}, which is the host's`);
        return [nextName(name), numbers];
      }),
    );
  }

  /** The step is done: what it wrote is what counts. */
  adopt(names: readonly string[]): void {
    for (const name of names) {
      const [current, spare] = [this.#current.get(name), this.#spare.get(name)];
      invariant(current && spare, `no tensor ${name}`);
      this.#current.set(name, spare);
      this.#spare.set(name, current);
    }
  }
}

function hostWrites(role: Role): boolean {
  return role === "plan" || role === "keys";
}

export function numbersOf(dtype: DType, size: number): Numbers {
  if (dtype === "float32") return new Float32Array(size);
  return dtype === "int32" ? new Int32Array(size) : new Uint32Array(size);
}
