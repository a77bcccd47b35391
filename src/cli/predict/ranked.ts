import type { DataProgram } from "../../program/types.js";

export interface RankedLabel {
  readonly label: string;
  /** Number of the class, from 0. */
  readonly class: number;
  readonly probability: number;
}

/** The most probable classes, the first first; of equal ones that with the lower number. */
export function rankedLabels(
  probabilities: Float64Array,
  data: Pick<DataProgram, "classNames">,
  top: number,
): readonly RankedLabel[] {
  return Array.from(probabilities, (probability, index) => ({
    label: labelOf(data, index),
    class: index,
    probability,
  }))
    .sort((a, b) => b.probability - a.probability || a.class - b.class)
    .slice(0, top);
}

/** Where the spec gives no names, classes are called by their number. */
export function labelOf({ classNames }: Pick<DataProgram, "classNames">, index: number): string {
  return classNames?.[index] ?? String(index);
}
