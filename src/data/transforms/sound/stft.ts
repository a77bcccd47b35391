import { type PowerSpectrum, powerSpectrum } from "./fourier.js";
import { onAudio } from "./of_kind.js";
import type { Audio, FixedTransform, Spectrogram } from "./sound.js";

export interface Windows {
  /** Points of the Fourier transform; at least as many as the window has samples. */
  readonly fft: number;
  /** In samples, as `hop`. */
  readonly window: number;
  readonly hop: number;
  readonly shape: "hann" | "hamming" | "rectangular";
}

/** Magnitudes |X| of the short-time Fourier transform. */
export function stft(windows: Windows): FixedTransform {
  const powers = powerSpectrogram(windows);
  return onAudio((audio) => {
    const spectrogram = powers(audio);
    return { ...spectrogram, values: spectrogram.values.map(Math.sqrt) };
  });
}

/**
 * Powers |X|² of the short-time Fourier transform: frame f is of the window whose middle lies at sample f · hop, the
 * audio mirrored at its first and last sample. Nothing is divided by anything. Windows are periodic, as filters have
 * them: hann 0.5 − 0.5 cos(2πn / N), hamming 0.54 − 0.46 cos(2πn / N).
 */
export function powerSpectrogram({ fft, window, hop, shape }: Windows): (audio: Audio) => Spectrogram {
  const weights = weightsOf(shape, window);
  const spectrumOf: PowerSpectrum = powerSpectrum(fft);
  // Behind the window it stays 0. Where in it the window lies turns phases only, which are not kept.
  const framed = new Float64Array(fft);
  return ({ samples, rate }) => {
    const bands = Math.floor(fft / 2) + 1;
    const frames = 1 + Math.floor(samples.length / hop);
    const values = new Float32Array(bands * frames);
    const before = Math.floor(window / 2);
    for (let frame = 0; frame < frames; frame++) {
      for (let n = 0; n < window; n++) {
        const sample = samples[mirrored(frame * hop - before + n, samples.length)] as number;
        framed[n] = sample * (weights[n] as number);
      }
      const powers = spectrumOf(framed);
      for (let band = 0; band < bands; band++) values[band * frames + frame] = powers[band] as number;
    }
    return { kind: "spectrogram", bands, frames, values, rate, spacing: rate / fft };
  };
}

function weightsOf(shape: Windows["shape"], length: number): Float64Array {
  const [constant, swing] = { hann: [0.5, 0.5], hamming: [0.54, 0.46], rectangular: [1, 0] }[shape] as [
    number,
    number,
  ];
  return Float64Array.from({ length }, (_, n) => constant - swing * Math.cos((2 * Math.PI * n) / length));
}

/** … 2 1 0 1 2 … n−2 n−1 n−2 …: the ends themselves are not doubled. */
function mirrored(place: number, length: number): number {
  if (place >= 0 && place < length) return place;
  const period = Math.max(1, 2 * (length - 1));
  const within = ((place % period) + period) % period;
  return within < length ? within : period - within;
}
