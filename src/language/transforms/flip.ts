import { transform } from "./transform.js";

export const entry = transform({
  name: "flip",
  summary: "Mirrors left and right with probability one half, boxes too.",
  arguments: {},
  random: true,
  takes: ["image"],
});
