import { formatCount } from "../../base/format.js";
import type { Duration } from "../arguments.js";
import { inSamples, type Unfit } from "./transform.js";

/** Windows over a recording, in samples. */
export interface Frames {
  readonly window: number;
  readonly hop: number;
  readonly frames: number;
}

/**
 * How many windows a recording has. Windows are centred, the recording mirrored at its ends (librosa's `center`), so
 * that there are 1 + floor(samples / hop) of them.
 */
export function framesOf(
  name: string,
  sample: { readonly samples: number | null; readonly rate: number | null },
  window: Duration,
  hop: Duration,
): Frames | Unfit {
  if (sample.samples === null) {
    return {
      message: `\`${name}\` needs recordings of one length`,
      label: "their lengths differ here",
      helps: ["write `fit(5 s) |>` before it"],
    };
  }
  const length = inSamples(window, sample.rate);
  const step = inSamples(hop, sample.rate);
  if (length === null || step === null) {
    const argument = length === null ? "window" : "hop";
    return {
      message: `\`${name}\` can't tell how many samples \`${argument}\` has`,
      argument,
      label: "the sampling rate is only in the data",
      helps: ["write it in samples: `512 samples`"],
    };
  }
  if (length > sample.samples) {
    return {
      message: `the window of \`${name}\` is longer than the recording`,
      argument: "window",
      label: `${formatCount(length)} samples of ${formatCount(sample.samples)}`,
    };
  }
  return { window: length, hop: step, frames: 1 + Math.floor(sample.samples / step) };
}

/** Points of the Fourier transform that `mel` makes of a window: the next power of two, at least 2. */
export function melPoints(window: number): number {
  return 2 ** Math.max(1, Math.ceil(Math.log2(window)));
}
