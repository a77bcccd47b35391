import { expect } from "vitest";
import { RandomSource } from "../../src/base/random.js";

/** Numbers of a tensor in double precision, row by row. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Uniform numbers that float32 holds exactly, so a single and a double precision computation start alike. */
export function randomValues(shape: readonly number[], seed: number, low = -1, high = 1): Values {
  const stream = new RandomSource({ seed, address: "test", purpose: "values" }).at(0);
  const data = Float64Array.from({ length: sizeOf(shape) }, () =>
    Math.fround(low + (high - low) * stream.uniform()),
  );
  return { shape, data };
}

/** ∂f/∂x by central differences; the error is of order step² and 1e-16 · |f| / step. */
export function centralDifferences(
  f: (x: Float64Array) => number,
  at: Float64Array,
  step = 1e-5,
): Float64Array {
  const x = at.slice();
  return at.map((value, i) => {
    x[i] = value + step;
    const above = f(x);
    x[i] = value - step;
    const below = f(x);
    x[i] = value;
    return (above - below) / (2 * step);
  });
}

/** Fails, naming the worst element, where |actual − expected| > tolerance · max(1, |expected|). */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  expect(actual.length, `${what}: number of elements`).toBe(expected.length);
  let worst = 0;
  let where = "";
  for (let i = 0; i < expected.length; i++) {
    const should = expected[i] as number;
    const error = Math.abs((actual[i] as number) - should) / Math.max(1, Math.abs(should));
    // Written so that NaN is worse than anything.
    if (!(error <= worst)) {
      worst = error;
      where = `element ${i} is ${actual[i]}, not ${should}`;
    }
  }
  expect(worst, `${what}: ${where}`).toBeLessThanOrEqual(tolerance);
}
