import { interpolate } from "./interpolate.js";
import { onAudio } from "./of_kind.js";
import type { RandomTransform } from "./sound.js";

/** Plays audio at a factor drawn uniformly from `slowest` to `fastest`: round(samples / factor) samples are left. */
export function speed([slowest, fastest]: readonly [number, number]): RandomTransform {
  return onAudio((audio, random) => {
    const factor = slowest + (fastest - slowest) * random.uniform();
    const count = Math.max(1, Math.round(audio.samples.length / factor));
    return { ...audio, samples: interpolate(audio.samples, factor, count) };
  });
}
