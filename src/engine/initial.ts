import { invariant, unreachable } from "../base/invariant.js";
import { RandomSource, type RandomStream } from "../base/random.js";
import type { TensorProgram } from "../program/types.js";

/**
 * The first values of a tensor: a function of seed and address alone, so a layer starts the same whatever other layers
 * there are, and on every executor.
 */
export function initialValues(tensor: TensorProgram, seed: number): Float32Array {
  const { init } = tensor;
  const largest = init.kind === "constant" ? init.value : init.kind === "uniform" ? init.limit : init.std * 7;
  // No normal number lies beyond 6.7.
  invariant(Number.isFinite(Math.fround(largest)), `first values of ${tensor.address} are not finite`);
  const values = new Float32Array(tensor.shape.reduce((product, size) => product * size, 1));
  const random = new RandomSource({ seed, address: tensor.address, purpose: "init" }).at(0);
  switch (init.kind) {
    case "constant":
      return values.fill(init.value);
    case "normal":
      random.fillNormal(values, init.std);
      break;
    case "truncated_normal":
      for (let i = 0; i < values.length; i++) values[i] = withinTwo(random) * init.std;
      break;
    case "uniform":
      random.fillUniform(values, init.limit);
      break;
    default:
      return unreachable(init);
  }
  return values;
}

/** A standard normal number between −2 and 2: drawn until it is, which takes 1.05 draws on average. */
function withinTwo(random: RandomStream): number {
  for (;;) {
    const drawn = random.normal();
    if (Math.abs(drawn) <= 2) return drawn;
  }
}
