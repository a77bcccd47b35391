import { count } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "resize",
  summary: "Scales the image to one size, ignoring its proportions.",
  arguments: {
    height: count("rows", { maximum: 65536 }),
    width: count("columns", { maximum: 65536 }),
  },
  random: false,
  takes: ["image"],
  apply: (sample, { height, width }) => ({ gives: { ...sample, height, width } }),
});
