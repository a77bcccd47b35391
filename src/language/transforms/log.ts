import { number } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "log",
  summary: "The natural logarithm of every number, after `floor` is added so that silence has one.",
  arguments: { floor: number("added first", { default: 1e-10, minimum: 1e-30 }) },
  random: false,
  takes: ["spectrogram"],
});
