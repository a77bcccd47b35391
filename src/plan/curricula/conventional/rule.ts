/** Conventional training: every level has the optimizer's rate from the first step on. */
export function conventionalRate(common: number): number {
  return common;
}
