import { duration } from "../arguments.js";
import { inSamples, transform } from "./transform.js";

export const entry = transform({
  name: "fit",
  summary: "Cuts recordings to one length at their end, or fills them with silence.",
  arguments: { length: duration("the length that all get") },
  random: false,
  takes: ["audio"],
  apply(sample, { length }) {
    const samples = inSamples(length, sample.rate);
    return { gives: { ...sample, samples }, ...(samples === null ? {} : { resolved: { length: samples } }) };
  },
});
