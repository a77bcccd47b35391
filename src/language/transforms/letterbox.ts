import { count } from "../arguments.js";
import { transform } from "./transform.js";

export const entry = transform({
  name: "letterbox",
  summary:
    "Scales the image to fit into one size, keeps its proportions and fills the rest with grey; boxes follow.",
  source: "Redmon and Farhadi 2018, YOLOv3",
  arguments: {
    height: count("rows", { maximum: 65536 }),
    width: count("columns", { maximum: 65536 }),
  },
  random: false,
  takes: ["image"],
  apply: (sample, { height, width }) => ({ gives: { ...sample, height, width } }),
});
