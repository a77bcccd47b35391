import { InternalError } from "../../../base/invariant.js";
import type { RandomStream } from "../../../base/random.js";
import type { Audio, Sound, Spectrogram } from "./sound.js";

/** A transform of audio as one of any sound; that it is given nothing else was checked with the program. */
export function onAudio<R extends readonly RandomStream[]>(work: (audio: Audio, ...random: R) => Sound) {
  return (sound: Sound, ...random: R): Sound => {
    if (sound.kind !== "audio") throw new InternalError("a transform of audio was given a spectrogram");
    return work(sound, ...random);
  };
}

/** The same for spectrograms. */
export function onSpectrogram<R extends readonly RandomStream[]>(
  work: (spectrogram: Spectrogram, ...random: R) => Sound,
) {
  return (sound: Sound, ...random: R): Sound => {
    if (sound.kind !== "spectrogram") throw new InternalError("a transform of spectrograms was given audio");
    return work(sound, ...random);
  };
}
