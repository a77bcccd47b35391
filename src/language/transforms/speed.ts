import { range } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "speed",
  summary: "Plays the recording faster or slower by a random factor, so that its length and pitch change.",
  source: "Ko et al. 2015, Audio Augmentation for Speech Recognition",
  arguments: { factor: range("slowest and fastest", { minimum: 0.1, maximum: 10 }) },
  random: true,
  takes: ["audio"],
  apply: (sample) => ({ gives: { ...sample, samples: null } }),
});
