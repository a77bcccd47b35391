import { unreachable } from "../../base/invariant.js";
import type { Rates } from "./curriculum.js";

export type Spacing = "log" | "linear";

/**
 * The first rates of n ≥ 1 levels: between the two ends evenly, in the logarithm or in the rate itself; as listed; or
 * each the `factor` part of the one above it, the last one being the common rate.
 */
export function spread(rates: Rates, spacing: Spacing, common: number, n: number): readonly number[] {
  switch (rates.kind) {
    case "list":
      return rates.rates;
    case "decay":
      return Array.from({ length: n }, (_, j) => common * rates.factor ** (n - 1 - j));
    case "ends": {
      const { first, last } = rates;
      return Array.from({ length: n }, (_, j) => {
        // The ends exactly as written: no rounding of powers.
        if (j === 0) return first;
        if (j === n - 1) return last;
        const share = j / (n - 1);
        return spacing === "log" ? first * (last / first) ** share : first + (last - first) * share;
      });
    }
    default:
      return unreachable(rates);
  }
}

/** "log spacing", "as listed". */
export function spacingText(spacing: unknown): string {
  return spacing === "listed" ? "as listed" : `${spacing} spacing`;
}

/** A rate as an author would write it: 0.1, 1e-6. */
export function shortRate(rate: number): string {
  const value = Number(rate.toPrecision(12));
  return value !== 0 && value < 1e-3 ? value.toExponential().replace("+", "") : `${value}`;
}
