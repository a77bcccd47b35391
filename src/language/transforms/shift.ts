import { length } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "shift",
  summary: "Moves the image by up to so many pixels in each direction; what comes in is black.",
  arguments: { pixels: length("furthest move", { minimum: 0, maximum: 4096 }) },
  random: true,
  takes: ["image"],
});
