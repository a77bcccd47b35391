import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "food101",
  summary: "101,000 photos of 101 dishes, of many sizes.",
  source: "Bossard, Guillaumin and Van Gool 2014",
  arguments: { path: string("the folder with images and meta") },
  parts: ["train", "test"],
  fields: { label: { kind: "classes", count: 101 } },
  groups: [],
  folds: null,
  sample: () => ({ kind: "image", height: null, width: null, channels: 3, boxes: false }),
});
