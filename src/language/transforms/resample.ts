import { frequency } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "resample",
  summary: "Gives the recording another sampling rate, with a filter against aliasing.",
  arguments: { rate: frequency("the new rate", { minimum: 100, maximum: 768_000 }) },
  random: false,
  takes: ["audio"],
  apply: (sample, { rate }) => ({
    gives: {
      ...sample,
      rate,
      samples:
        sample.samples === null || sample.rate === null
          ? null
          : Math.max(1, Math.round((sample.samples * rate) / sample.rate)),
    },
  }),
});
