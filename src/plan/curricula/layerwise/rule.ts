/**
 * Discriminative rates: a level keeps its ratio to the common rate for the whole run (Howard and Ruder 2018, section
 * 3.1; as layer decay Clark et al. 2020): η_j(t) = η(t) · η_j(0) / η(0).
 */
export function layerwiseRate(start: number, first: number, common: number): number {
  return common === first ? start : common * (start / first);
}
