/** The whole rate plan as screens need it, and what the run is about; known before the first step. */
export interface PlanView {
  /** Rates in force at t completed epochs, one for each level. */
  rates(t: number): number[];
  /** k in epochs: where the curriculum ends; null without one. */
  readonly until: number | null;
  /** Length of the planned run in epochs. */
  readonly epochs: number;
  /** Where this run ends, in epochs, if that is before its plan does. */
  readonly ends?: number;
  /** What samples are called: `images`; left out, `samples`. */
  readonly samples?: string;
}

/** Lowest and highest planned rate above zero: the scale of the heat strip. */
export interface RateScale {
  readonly low: number;
  readonly high: number;
}

export function rateScale(plan: PlanView): RateScale {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  const samples = Math.min(Math.ceil(plan.epochs), 1000);
  for (let i = 0; i < samples; i++) {
    // The last epoch's rates are in force at its begin; a schedule that ends at zero does so after the last step.
    for (const rate of plan.rates((i * plan.epochs) / samples)) {
      if (rate <= 0) continue;
      low = Math.min(low, rate);
      high = Math.max(high, rate);
    }
  }
  return high > 0 ? { low, high } : { low: 1, high: 1 };
}

/** Height of a rate on a strip with so many steps, on a logarithmic axis; null for a frozen level. */
export function heatStep(rate: number, scale: RateScale, steps: number): number | null {
  if (!(rate > 0)) return null;
  if (scale.high === scale.low) return steps - 1;
  const share = Math.log10(rate / scale.low) / Math.log10(scale.high / scale.low);
  return Math.min(steps - 1, Math.max(0, Math.round(share * (steps - 1))));
}

/** The next whole epoch at which a level's rate differs from its rate at t; null where it stays to the end. */
export function nextChange(
  plan: PlanView,
  level: number,
  t: number,
): { readonly rate: number; readonly at: number } | null {
  const now = plan.rates(t)[level] ?? 0;
  for (let at = Math.floor(t) + 1; at < plan.epochs; at++) {
    const rate = plan.rates(at)[level] ?? 0;
    if (Math.abs(rate - now) > 1e-12 * Math.abs(now)) return { rate, at };
  }
  return null;
}
