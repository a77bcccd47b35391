import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "image_folder",
  summary:
    "A folder of images a class, below a folder a part: FOLDER/train/cat/1.jpg, or in folders further down.",
  source: "torchvision ImageFolder",
  arguments: { path: string("the folder above the parts") },
  parts: null,
  partsDoc: "folders of the source",
  fields: { label: { kind: "classes", count: null } },
  groups: [],
  folds: null,
  sample: () => ({ kind: "image", height: null, width: null, channels: null, boxes: false }),
});
