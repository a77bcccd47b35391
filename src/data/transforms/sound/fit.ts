import { onAudio } from "./of_kind.js";
import type { FixedTransform } from "./sound.js";

/** Cuts at the end, or adds silence there, so that there are `length` samples. */
export function fitLength(length: number): FixedTransform {
  return onAudio((audio) => {
    if (audio.samples.length === length) return audio;
    const samples = new Float32Array(length);
    samples.set(audio.samples.subarray(0, length));
    return { ...audio, samples };
  });
}
