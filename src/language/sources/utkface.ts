import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "utkface",
  summary: "Aligned and cropped faces of 200x200; age, gender and race stand in the name of each file.",
  source: "Zhang, Song and Qi 2017, UTKFace",
  arguments: { path: string("the folder with files such as 26_0_2_20170117.jpg") },
  parts: ["all"],
  fields: {
    age: { kind: "number" },
    gender: { kind: "classes", count: 2 },
    race: { kind: "classes", count: 5 },
  },
  groups: [],
  folds: null,
  sample: () => ({ kind: "image", height: 200, width: 200, channels: 3, boxes: false }),
});
