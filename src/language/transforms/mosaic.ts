import { count } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "mosaic",
  summary: "Puts so many images, the given one and others of the split, side by side into one; boxes follow.",
  source: "Bochkovskiy, Wang and Liao 2020, YOLOv4",
  arguments: { images: count("how many: a square number", { default: 4, minimum: 4, maximum: 64 }) },
  random: true,
  takes: ["image"],
  apply(sample, { images }) {
    if (Number.isInteger(Math.sqrt(images))) return { gives: sample };
    return {
      message: `\`mosaic\` lays out a square of images, not ${images}`,
      argument: "images",
      label: "no square number",
      helps: ["write `mosaic(4)` or `mosaic(9)`"],
    };
  },
});
