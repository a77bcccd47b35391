import { count, duration, frequency, optional } from "../arguments.js";
import { framesOf, melPoints } from "./frames.js";
import { transform, type Unfit } from "./transform.js";

export const entry = transform({
  name: "mel",
  summary:
    "Sums the bands of a spectrogram into bands even on the mel scale. On audio it makes the power spectrogram itself, with `window` (of shape hann) and `hop`, by a Fourier transform of the next power of two as many points.",
  source: "Stevens, Volkmann and Newman 1937; Slaney 1998 as in librosa",
  arguments: {
    bands: count("how many come out", { maximum: 4096 }),
    window: optional(duration("on audio: length of the window"), "none"),
    hop: optional(duration("on audio: from one window to the next"), "none"),
    low: frequency("lowest frequency", { default: 0 }),
    high: frequency("highest frequency; 0 is half the sampling rate", { default: 0 }),
  },
  random: false,
  takes: ["audio", "spectrogram"],
  apply(sample, { bands, window, hop, low, high }) {
    const wrong = wrongLimits(low, high, sample.kind === "audio" ? sample.rate : null);
    if (wrong !== null) return wrong;
    if (sample.kind === "spectrogram") {
      if (window !== null || hop !== null) {
        const given = window !== null ? "window" : "hop";
        return {
          message: `\`mel\` takes \`${given}\` only on audio`,
          argument: given,
          label: "given a spectrogram, whose frames are cut already",
        };
      }
      if (bands <= sample.bands) return { gives: { ...sample, bands } };
      return {
        message: `\`mel\` can't make ${bands} bands of ${sample.bands}`,
        argument: "bands",
        label: `given ${sample.bands} bands`,
      };
    }
    if (window === null || hop === null) {
      const missing = window === null ? "window" : "hop";
      return {
        message: `\`mel\` needs \`${missing}\` on audio`,
        label: "given audio, not a spectrogram",
        helps: ["write it as `mel(128, window: 25 ms, hop: 10 ms)`, or `stft(…) |>` before it"],
      };
    }
    const found = framesOf("mel", sample, window, hop);
    if ("message" in found) return found;
    const given = melPoints(found.window) / 2 + 1;
    if (bands > given) {
      return {
        message: `\`mel\` can't make ${bands} bands of a window of ${found.window} samples`,
        argument: "bands",
        label: `its spectrogram has ${given}`,
        helps: [`write \`mel(${Math.max(1, Math.floor(given / 2))}, …)\`, or a longer window`],
      };
    }
    return {
      gives: { kind: "spectrogram", bands, frames: found.frames },
      resolved: { window: found.window, hop: found.hop },
    };
  },
});

/** @param rate null where only the data know it, and their reader looks */
function wrongLimits(low: number, high: number, rate: number | null): Unfit | null {
  const top = rate === null ? Number.POSITIVE_INFINITY : rate / 2;
  if (high > top) {
    return {
      message: `\`mel\` has bands up to ${high} Hz, but there is nothing above ${top} Hz`,
      argument: "high",
      label: `above half of the sampling rate, which is ${rate} Hz`,
    };
  }
  const highest = high === 0 ? top : high;
  if (low < highest) return null;
  return {
    message: `\`mel\` has no bands between ${low} and ${highest} Hz`,
    argument: "low",
    label: `not below ${high === 0 ? "half of the sampling rate" : "`high`"}`,
  };
}
