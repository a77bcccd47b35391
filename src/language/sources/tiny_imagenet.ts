import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "tiny_imagenet",
  summary:
    "110,000 labelled colour images of 64x64 in 200 classes; the labels of its test part are not public.",
  source: "Stanford CS231n, Tiny ImageNet (tiny-imagenet-200)",
  arguments: { path: string("the folder with wnids.txt, train and val") },
  parts: ["train", "val"],
  fields: { label: { kind: "classes", count: 200 } },
  groups: [],
  folds: null,
  sample: () => ({ kind: "image", height: 64, width: 64, channels: 3, boxes: false }),
});
