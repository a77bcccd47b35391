import type { Schedule } from "./types.js";

/**
 * The common rate at time t ≥ span.from: what follows the curriculum. A shape over the whole run starts where the
 * curriculum ends, with the common rate, and ends with the run.
 */
export function scheduledRate(
  schedule: Schedule,
  common: number,
  span: { readonly from: number; readonly to: number },
  t: number,
): number {
  switch (schedule.kind) {
    case "constant":
      return common;
    case "cosine": {
      // Loshchilov and Hutter 2017, Eq. 5, without restarts.
      const done = span.to > span.from ? (t - span.from) / (span.to - span.from) : 0;
      return schedule.floor + ((common - schedule.floor) * (1 + Math.cos(Math.PI * done))) / 2;
    }
  }
}
