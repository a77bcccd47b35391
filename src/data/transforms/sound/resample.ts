import { interpolate } from "./interpolate.js";
import { onAudio } from "./of_kind.js";
import type { FixedTransform } from "./sound.js";

/** Gives audio another sampling rate: round(samples · rate / old rate) samples, at least one. */
export function resample(rate: number): FixedTransform {
  return onAudio((audio) => {
    if (audio.rate === rate) return audio;
    const count = Math.max(1, Math.round((audio.samples.length * rate) / audio.rate));
    return { kind: "audio", rate, samples: interpolate(audio.samples, audio.rate / rate, count) };
  });
}
