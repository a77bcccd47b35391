import type { SlidingAttributes } from "../../../kinds/conv.js";
import type { Lowering } from "../values.js";

/** What a convolution is: the operands of all three of its kinds differ, these do not. */
export interface ConvShape extends SlidingAttributes {
  /** [B, H, W, C] */
  readonly x: readonly number[];
  /** [kh, kw, C / groups, F] */
  readonly kernel: readonly number[];
  /** [B, H', W', F] */
  readonly y: readonly number[];
}

/** A kernel with its rows and columns read from their ends. */
export function backwards(l: Lowering, kernel: string): string {
  const all = [-1, -(2 ** 31), -1] as const;
  return l.writer.slice(kernel, [0, 1], [all, all]);
}
