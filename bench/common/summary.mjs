/** The median, and an interval that holds the median of such rounds with 95 % (from the order of the values alone). */
export function summary(values) {
  if (values.length === 0) return { middle: null, interval: null };
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  // P(at most k of n rounds lie below the median) under a fair coin.
  let [below, term, rank] = [0, 0.5 ** n, 0];
  while (below + term <= 0.025) {
    below += term;
    rank++;
    term *= (n - rank + 1) / rank;
  }
  const first = Math.max(0, rank - 1);
  return { middle: median(sorted), interval: [sorted[first], sorted[n - 1 - first]] };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
