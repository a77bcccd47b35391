import type { TensorSpec } from "./operator.js";

/** Learned numbers, one a channel, that start at `value`: what norms scale and shift by. */
export function perChannel(name: string, channels: number, value: number, trainable = true): TensorSpec {
  return { name, shape: [channels], trainable, init: { kind: "constant", value } };
}
