import { count } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "time_mask",
  summary: "Blanks up to so many frames in a row, at a random place.",
  source: "Park et al. 2019, SpecAugment",
  arguments: { frames: count("at most") },
  random: true,
  takes: ["spectrogram"],
  apply(sample, { frames }) {
    if (frames < sample.frames) return { gives: sample };
    return {
      message: `\`time_mask\` could blank all ${sample.frames} frames`,
      argument: "frames",
      label: "not fewer than there are",
    };
  },
});
