import { percentage } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "affine",
  summary: "Moves and scales the image by random shares of its size; boxes follow.",
  arguments: {
    translate: percentage("furthest move, of the image's size", { default: 0 }),
    scale: percentage("largest change of size, up or down", { default: 0 }),
  },
  random: true,
  takes: ["image"],
});
