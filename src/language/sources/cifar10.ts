import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "cifar10",
  summary: "60,000 colour images of 32x32 in ten classes, the binary version in six files.",
  source: "Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images",
  arguments: { path: string("the folder with data_batch_1.bin to data_batch_5.bin and test_batch.bin") },
  parts: ["train", "test"],
  fields: { label: { kind: "classes", count: 10 } },
  groups: [],
  folds: null,
  sample: () => ({ kind: "image", height: 32, width: 32, channels: 3, boxes: false }),
});
