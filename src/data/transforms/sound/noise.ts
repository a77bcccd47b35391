import { onAudio } from "./of_kind.js";
import type { RandomTransform } from "./sound.js";

/**
 * Adds independent normal noise whose standard deviation is 10^(level / 20) of the audio's root mean square.
 * @param level in dB
 */
export function noise(level: number): RandomTransform {
  return onAudio((audio, random) => {
    let squares = 0;
    for (const sample of audio.samples) squares += sample * sample;
    const std = Math.sqrt(squares / audio.samples.length) * 10 ** (level / 20);
    return { ...audio, samples: audio.samples.map((sample) => sample + std * random.normal()) };
  });
}
