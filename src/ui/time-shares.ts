import type { StepEvent } from "../runs/events.js";

/** Seconds by what they were spent on. */
export type Shares = StepEvent["seconds"];
export const noTime: Shares = { step: 0, data: 0, evaluate: 0, checkpoint: 0, other: 0 };

export function added(a: Shares, b: Shares): Shares {
  return {
    step: a.step + b.step,
    data: a.data + b.data,
    evaluate: a.evaluate + b.evaluate,
    checkpoint: a.checkpoint + b.checkpoint,
    other: a.other + b.other,
  };
}
