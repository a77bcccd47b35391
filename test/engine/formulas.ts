import type { Activation } from "../../src/language/forward.js";
import { total } from "./arrays.js";

/** Formulas in double precision, as they stand in the papers. */

/** erf(x) = 2/√π Σ (−1)^n x^(2n+1) / (n! (2n + 1)), summed to the last digit; for |x| up to 5. */
export function erf(x: number): number {
  let power = x;
  let sum = x;
  for (let n = 1; n < 120; n++) {
    power *= (-x * x) / n;
    sum += power / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export const functions: Readonly<Record<Activation, (x: number, parameter: number) => number>> = {
  leaky_relu: (x, slope) => (x > 0 ? x : slope * x),
  elu: (x, alpha) => (x > 0 ? x : alpha * (Math.exp(x) - 1)),
  gelu: (x) => (x / 2) * (1 + erf(x / Math.SQRT2)),
  gelu_tanh: (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  quick_gelu: (x) => x * sigmoid(1.702 * x),
  silu: (x) => x * sigmoid(x),
  hard_swish: (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
  tanh: (x) => Math.tanh(x),
  sigmoid,
};

/** Mean and biased variance. */
export function moments(numbers: readonly number[]): { mean: number; variance: number } {
  const mean = total([...numbers]) / numbers.length;
  return { mean, variance: total(numbers.map((x) => (x - mean) ** 2)) / numbers.length };
}

/** The places that bin `bin` of `bins` covers, of `size` places. */
export function evenBin(size: number, bins: number, bin: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < size; place++) {
    if (place >= Math.floor((bin * size) / bins) && place < Math.ceil(((bin + 1) * size) / bins)) {
      places.push(place);
    }
  }
  return places;
}

/** Linear interpolation of `values` at the centre of place `out` of an axis enlarged by `factor`; edges hold. */
export function interpolatedAt(
  size: number,
  factor: number,
  out: number,
  values: (place: number) => number,
): number {
  const position = Math.max(0, (out + 0.5) / factor - 0.5);
  const low = Math.min(size - 1, Math.floor(position));
  const high = Math.min(size - 1, low + 1);
  return values(low) + (position - low) * (values(high) - values(low));
}
