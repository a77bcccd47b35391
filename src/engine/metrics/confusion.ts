import type { Metric } from "./metric.js";
import { predictedClasses } from "./ranks.js";

/** Counts of one class. */
interface ClassCounts {
  /** Samples of the class taken for it. */
  readonly hits: number;
  /** Samples taken for it. */
  readonly taken: number;
  /** Samples of it. */
  readonly own: number;
}

/** Share of hits among what was taken for the class; 0 where nothing was. */
export const precision = ({ hits, taken }: ClassCounts) => (taken === 0 ? 0 : hits / taken);
/** Share of hits among the class's samples; 0 where there are none. */
export const recall = ({ hits, own }: ClassCounts) => (own === 0 ? 0 : hits / own);
/** The harmonic mean of the two: 2 · hits / (taken + own). */
export const f1 = ({ hits, taken, own }: ClassCounts) => (2 * hits) / (taken + own);

/**
 * The mean of a score over classes, each counting alike (macro). A class that neither occurs nor was taken for any
 * sample has no score and stays out, as in scikit-learn.
 */
export function macro(name: string, score: (counts: ClassCounts) => number): Metric {
  return {
    sums(predictions) {
      const sums: Record<string, number> = {};
      const count = (what: string, label: number) => {
        const key = `${name}|${what}|${label}`;
        sums[key] = (sums[key] ?? 0) + 1;
      };
      predictedClasses(predictions).forEach((taken, sample) => {
        const own = predictions.labels[sample] as number;
        count("taken", taken);
        count("own", own);
        if (taken === own) count("hits", own);
      });
      return sums;
    },
    value(sum, _samples, names) {
      const classes = new Set(names.map((key) => key.slice(key.lastIndexOf("|") + 1)));
      let total = 0;
      for (const label of classes) {
        const [hits, taken, own] = ["hits", "taken", "own"].map((what) => sum(`${name}|${what}|${label}`));
        total += score({ hits: hits ?? 0, taken: taken ?? 0, own: own ?? 0 });
      }
      return classes.size === 0 ? 0 : total / classes.size;
    },
  };
}
