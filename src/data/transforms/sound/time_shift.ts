import { onAudio } from "./of_kind.js";
import type { RandomTransform } from "./sound.js";

/**
 * Moves audio by a whole number of samples, drawn uniformly up to `share` of its length earlier or later. What leaves at
 * one end comes in at the other.
 */
export function timeShift(share: number): RandomTransform {
  return onAudio((audio, random) => {
    const { length } = audio.samples;
    const furthest = Math.floor(share * length);
    const later = random.below(2 * furthest + 1) - furthest;
    const samples = new Float32Array(length);
    const head = (later + length) % length;
    samples.set(audio.samples.subarray(0, length - head), head);
    samples.set(audio.samples.subarray(length - head), 0);
    return { ...audio, samples };
  });
}
