import { count } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "band_mask",
  summary: "Blanks up to so many neighbouring bands, at a random place.",
  source: "Park et al. 2019, SpecAugment",
  arguments: { bands: count("at most") },
  random: true,
  takes: ["spectrogram"],
  apply(sample, { bands }) {
    if (bands < sample.bands) return { gives: sample };
    return {
      message: `\`band_mask\` could blank all ${sample.bands} bands`,
      argument: "bands",
      label: "not fewer than there are",
    };
  },
});
