/**
 * Learning Rate Curriculum (Croitoru et al., IJCV 2024, arXiv 2205.09180; Eq. 8 of its first version), for t < k:
 *
 *     η_j(t) = η_j(0) · c^((t/k) · (log_c η(0) − log_c η_j(0))) = η_j(0)^(1 − t/k) · η(0)^(t/k)
 *
 * The base c cancels: the rule is a geometric interpolation from the level's first rate to the common one. From t = k
 * on the caller assigns η(0) itself, so that no rounding is left.
 *
 * @param start η_j(0), above 0
 * @param common η(0), above 0
 * @param t elapsed time, in the unit of k
 */
export function exponential(start: number, common: number, t: number, k: number): number {
  return start * (common / start) ** (t / k);
}

/** The paper's ablation "linear update": η_j(t) = η_j(0) + (t/k) · (η(0) − η_j(0)). */
export function linear(start: number, common: number, t: number, k: number): number {
  return start + (common - start) * (t / k);
}

/**
 * The logarithmic ablation of later versions, whose formula is not public; the natural one:
 * η_j(t) = η_j(0) + (η(0) − η_j(0)) · ln(1 + t) / ln(1 + k), with t and k in epochs.
 */
export function logarithmic(start: number, common: number, t: number, k: number): number {
  return start + ((common - start) * Math.log1p(t)) / Math.log1p(k);
}

/**
 * The official code's rule: at each tick the rate is multiplied by the factor, until that would reach or pass the common
 * rate; then it is the common rate. Levels arrive one after another, the highest first.
 *
 * @param ticks how many have passed; before the first one the level has its own rate
 */
export function stepwise(start: number, common: number, factor: number, ticks: number): number {
  if (ticks <= 0) return start;
  const grown = start * factor ** ticks;
  return reaches(grown, common) ? common : grown;
}

/** After how many ticks of the stepwise rule a level has the common rate. */
export function ticksToCommon(start: number, common: number, factor: number): number {
  if (start === common) return 0;
  if (start > common) return 1;
  const ticks = Math.max(1, Math.round(Math.log(common / start) / Math.log(factor)));
  return reaches(start * factor ** ticks, common) ? ticks : ticks + 1;
}

/** Powers of ten have no exact form: 1e-6 · 10^5 is a little below 0.1. */
function reaches(rate: number, common: number): boolean {
  return rate >= common * (1 - 1e-9);
}
