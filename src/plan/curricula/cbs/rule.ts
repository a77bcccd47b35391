/**
 * The width of Curriculum by Smoothing's filters (Sinha, Garg and Larochelle 2020, section 4): it starts at sigma and
 * is multiplied by the factor after each `every`. It never is exactly 0.
 *
 * @param t elapsed time, in the unit of `every`
 */
export function sigmaAt(sigma: number, factor: number, t: number, every: number): number {
  return sigma * factor ** Math.floor(t / every + 1e-9);
}

/**
 * The filter of a width: exp(−((i − m)² + (j − m)²) / (2σ²)) with m the middle, normalised to sum 1; row by row.
 *
 * @param size odd
 */
export function gaussianKernel(sigma: number, size: number): number[] {
  const middle = (size - 1) / 2;
  const weights = Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return Math.exp(-((i - middle) ** 2 + (j - middle) ** 2) / (2 * sigma * sigma));
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
