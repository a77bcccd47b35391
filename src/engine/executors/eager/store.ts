import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../../base/invariant.js";
import type { NamedTensor } from "../../executor.js";
import { keep, tensor } from "../../tfjs.js";

/** The state of a run by name: parameters, statistics and optimizer slots. Owns its tensors. */
export class TensorStore {
  readonly #tensors = new Map<string, Tensor>();

  get(name: string): Tensor {
    const value = this.#tensors.get(name);
    invariant(value, `no tensor ${name}`);
    return value;
  }

  /** Adds a tensor from values, which are copied. */
  create(name: string, shape: readonly number[], values: Float32Array): void {
    invariant(!this.#tensors.has(name), `tensor ${name} exists`);
    this.#tensors.set(name, keep(tensor(values.slice(), [...shape], "float32")));
  }

  /** Replaces a tensor by one of the same shape, which then belongs to the store, and frees the old one. */
  replace(name: string, value: Tensor): void {
    const old = this.get(name);
    invariant(
      old.shape.join() === value.shape.join(),
      `${name} is [${old.shape.join(", ")}], not [${value.shape.join(", ")}]`,
    );
    this.#tensors.set(name, keep(value));
    old.dispose();
  }

  /** Copies of the named tensors, or of all. */
  read(names: readonly string[] = [...this.#tensors.keys()]): Map<string, NamedTensor> {
    return new Map(
      names.map((name) => {
        const value = this.get(name);
        // The plain cpu backend hands out its own array.
        return [name, { shape: [...value.shape], values: Float32Array.from(value.dataSync()) }];
      }),
    );
  }

  write(tensors: ReadonlyMap<string, NamedTensor>): void {
    for (const [name, { shape, values }] of tensors) {
      const size = shape.reduce((product, extent) => product * extent, 1);
      invariant(size === values.length, `${name}: ${values.length} values for [${shape.join(", ")}]`);
      this.replace(name, tensor(values.slice(), [...shape], "float32"));
    }
  }

  dispose(): void {
    for (const value of this.#tensors.values()) value.dispose();
    this.#tensors.clear();
  }
}
