import { level } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "noise",
  summary: "Adds white noise at a level relative to the recording's own.",
  arguments: { level: level("of the noise; 0 dB is as loud as the recording", { maximum: 0 }) },
  random: true,
  takes: ["audio"],
});
