import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "idx",
  summary: "Grey images and labels in IDX files, plain or gzipped, as MNIST and Fashion-MNIST come.",
  source: "LeCun, Cortes and Burges: the MNIST database",
  arguments: { path: string("the folder with the four files") },
  parts: ["train", "test"],
  fields: { label: { kind: "classes", count: null } },
  groups: [],
  folds: null,
  sample: () => ({ kind: "image", height: null, width: null, channels: 1, boxes: false }),
});
