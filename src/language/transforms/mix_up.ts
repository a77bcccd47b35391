import { number } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "mix_up",
  summary:
    "Mixes each sample and its class with another one of the batch, by a share drawn from Beta(alpha, alpha).",
  source: "Zhang et al. 2018, mixup",
  arguments: { alpha: number("how strongly: both parameters of the Beta distribution", { minimum: 1e-6 }) },
  random: true,
  takes: ["image", "audio", "spectrogram", "features"],
});
