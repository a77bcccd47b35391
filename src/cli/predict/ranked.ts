import type { DataProgram } from "../../program/types.js";

export interface RankedLabel {
  readonly label: string;
  /** Number of the class, from 0. */
  readonly class: number;
  readonly probability: number;
}

/** What `--json` says of a sample: its label and the `top` most probable ones, or the number it was asked for. */
export function prediction(
  outputs: Float64Array,
  data: Pick<DataProgram, "classNames" | "classes">,
  top: number,
) {
  if (data.classes === null) return { value: outputs[0] };
  const ranked = rankedLabels(outputs, data, top);
  return { ...ranked[0], top: ranked };
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
