import { fail } from "../../../diagnostics/index.js";
import { melPoints } from "../../../language/transforms/frames.js";
import { onAudio, onSpectrogram } from "./of_kind.js";
import type { FixedTransform, Spectrogram } from "./sound.js";
import { powerSpectrogram } from "./stft.js";

export interface MelBands {
  readonly bands: number;
  /** In Hz; `high` 0 is half the sampling rate. */
  readonly low: number;
  readonly high: number;
}

/** Mel bands of the power spectrogram of audio, or, without a window, of the spectrogram that is given. */
export function mel(bands: MelBands, window: number | null, hop: number | null): FixedTransform {
  const sums = melSums(bands);
  if (window === null || hop === null) return onSpectrogram(sums);
  const powers = powerSpectrogram({ fft: melPoints(window), window, hop, shape: "hann" });
  return onAudio((audio) => sums(powers(audio)));
}

/** A band's weights of the bands of a spectrogram from `first` on; others have none. */
interface Filter {
  readonly first: number;
  readonly weights: Float64Array;
}

function melSums({ bands, low, high }: MelBands): (spectrogram: Spectrogram) => Spectrogram {
  let known: { readonly filters: readonly Filter[]; readonly of: string } | null = null;
  return (given) => {
    const { rate, spacing, frames } = given;
    if (spacing === null)
      throw fail("spec", "L0308", "`mel` stands behind another `mel`", {
        notes: ["its bands are sought among frequencies that are evenly apart"],
        helps: ["leave one of them out"],
      });
    const of = `${rate} ${spacing} ${given.bands}`;
    if (known?.of !== of)
      known = { of, filters: melFilters({ bands, low, high: topOf(rate, low, high) }, spacing, given.bands) };
    const values = new Float32Array(bands * frames);
    for (const [band, { first, weights }] of known.filters.entries()) {
      for (let frame = 0; frame < frames; frame++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++)
          sum += (weights[i] as number) * (given.values[(first + i) * frames + frame] as number);
        values[band * frames + frame] = sum;
      }
    }
    return { kind: "spectrogram", bands, frames, values, rate, spacing: null };
  };
}

/** The highest frequency. L0306 for limits that the sampling rate of the data does not allow. */
function topOf(rate: number, low: number, high: number): number {
  const top = high === 0 ? rate / 2 : high;
  if (top > rate / 2 || low >= top)
    throw fail(
      "missing",
      "L0306",
      `\`mel\` has bands from ${low} to ${top} Hz, but recordings have ${rate} Hz`,
      {
        notes: [`there is nothing above half the sampling rate, ${rate / 2} Hz`],
      },
    );
  return top;
}

/**
 * Triangles whose corners are even on the mel scale from `low` to `high`: each rises from the middle of the band
 * before to its own and falls to that of the next, and is 2 / (its width in Hz) high, so that white noise gives all the
 * same (Slaney 1998, Auditory Toolbox).
 *
 * @param spacing Hz between two of the `given` bands, the first of which is at 0
 */
export function melFilters(
  { bands, low, high }: MelBands,
  spacing: number,
  given: number,
): readonly Filter[] {
  const step = (toMel(high) - toMel(low)) / (bands + 1);
  const corner = (i: number) => fromMel(toMel(low) + i * step);
  return Array.from({ length: bands }, (_, band) => {
    const [from, middle, to] = [corner(band), corner(band + 1), corner(band + 2)];
    const first = Math.min(given, Math.ceil(from / spacing));
    const last = Math.min(given - 1, Math.floor(to / spacing));
    const weights = Float64Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
      const frequency = (first + i) * spacing;
      const height = Math.min((frequency - from) / (middle - from), (to - frequency) / (to - middle));
      return (Math.max(0, height) * 2) / (to - from);
    });
    return { first, weights };
  });
}

/** Slaney's scale: 3 mel are 200 Hz up to 1,000 Hz; from there on 27 mel are a factor of 6.4. */
const linear = 3 / 200;
const knee = 1000;
const octaves = Math.log(6.4) / 27;

export function toMel(frequency: number): number {
  return frequency < knee ? frequency * linear : knee * linear + Math.log(frequency / knee) / octaves;
}

export function fromMel(mel: number): number {
  return mel < knee * linear ? mel / linear : knee * Math.exp((mel - knee * linear) * octaves);
}
