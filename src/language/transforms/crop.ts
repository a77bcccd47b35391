import { length } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "crop",
  summary: "Mirrors so many pixels out over each edge and cuts the old size out at a random place.",
  source: "He et al. 2016, section 4.2, with mirrored instead of black borders",
  arguments: { padding: length("pixels added on each side", { minimum: 1, maximum: 4096 }) },
  random: true,
  takes: ["image"],
});
