import { count, duration, word } from "../arguments.js";
import { framesOf } from "./frames.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "stft",
  summary:
    "The magnitude of the short-time Fourier transform: fft / 2 + 1 bands, 1 + floor(samples / hop) frames.",
  source: "Allen and Rabiner 1977; librosa stft with centred windows",
  arguments: {
    fft: count("points of the Fourier transform", { minimum: 2, maximum: 65536 }),
    window: duration("length of the window", {
      default: (earlier) => earlier.fft as number,
      defaultText: "fft",
    }),
    hop: duration("from one window to the next"),
    shape: word("of the window", ["hann", "hamming", "rectangular"], { default: "hann" }),
  },
  random: false,
  takes: ["audio"],
  apply(sample, { fft, window, hop }) {
    const found = framesOf("stft", sample, window, hop);
    if ("message" in found) return found;
    if (found.window > fft) {
      return {
        message: `the window of \`stft\` has ${found.window} samples, its Fourier transform ${fft} points`,
        argument: "window",
        label: "longer than `fft`",
        helps: [`write \`fft: ${2 ** Math.ceil(Math.log2(found.window))}\` or a shorter window`],
      };
    }
    return {
      gives: { kind: "spectrogram", bands: Math.floor(fft / 2) + 1, frames: found.frames },
      resolved: { window: found.window, hop: found.hop },
    };
  },
});
