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
export function leracRate(start: number, common: number, t: number, k: number): number {
  return start * (common / start) ** (t / k);
}
