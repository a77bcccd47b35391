import { onSpectrogram } from "./of_kind.js";
import type { RandomTransform, Spectrogram } from "./sound.js";

/**
 * SpecAugment (Park et al. 2019): so many neighbours are blanked, a number drawn uniformly from 0 to `most`, beginning at a place
 * drawn uniformly. Blank is the mean of the spectrogram; the paper's 0 is that of its normalised ones.
 */
export function timeMask(most: number): RandomTransform {
  return onSpectrogram((spectrogram, random) => {
    const width = random.below(most + 1);
    const from = random.below(spectrogram.frames - width + 1);
    return blanked(spectrogram, (_, frame) => frame >= from && frame < from + width);
  });
}

/** The same of bands. */
export function bandMask(most: number): RandomTransform {
  return onSpectrogram((spectrogram, random) => {
    const width = random.below(most + 1);
    const from = random.below(spectrogram.bands - width + 1);
    return blanked(spectrogram, (band) => band >= from && band < from + width);
  });
}

function blanked(spectrogram: Spectrogram, isBlank: (band: number, frame: number) => boolean): Spectrogram {
  const { frames, values } = spectrogram;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  const kept = values.map((value, i) => (isBlank(Math.floor(i / frames), i % frames) ? mean : value));
  return { ...spectrogram, values: kept };
}
