import { number } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "power",
  summary: "Raises every number to a power: 2 makes energies of magnitudes, 0.5 their roots.",
  arguments: { exponent: number("above 0", { minimum: 1e-6, maximum: 100 }) },
  random: false,
  takes: ["spectrogram"],
});
