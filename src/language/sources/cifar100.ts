import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "cifar100",
  summary: "60,000 colour images of 32x32, each with one of 100 fine and one of 20 coarse classes.",
  source: "Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images",
  arguments: { path: string("the folder with train.bin and test.bin") },
  parts: ["train", "test"],
  fields: { fine: { kind: "classes", count: 100 }, coarse: { kind: "classes", count: 20 } },
  groups: [],
  folds: null,
  sample: () => ({ kind: "image", height: 32, width: 32, channels: 3, boxes: false }),
});
