import { invariant, unreachable } from "../base/invariant.js";
import { RandomSource } from "../base/random.js";
import type { TensorProgram } from "../program/types.js";

/**
 * The first values of a tensor: a function of seed and address alone, so a layer starts the same whatever other layers
 * there are, and on every executor.
 */
export function initialValues(tensor: TensorProgram, seed: number): Float32Array {
  const { init } = tensor;
  const values = new Float32Array(tensor.shape.reduce((product, size) => product * size, 1));
  const random = new RandomSource({ seed, address: tensor.address, purpose: "init" }).at(0);
  switch (init.kind) {
    case "constant":
      return values.fill(init.value);
    case "normal":
      for (let i = 0; i < values.length; i++) values[i] = random.normal() * init.std;
      break;
    case "uniform":
      for (let i = 0; i < values.length; i++) values[i] = (2 * random.uniform() - 1) * init.limit;
      break;
    default:
      return unreachable(init);
  }
  invariant(values.every(Number.isFinite), `first values of ${tensor.address} are not finite`);
  return values;
}
