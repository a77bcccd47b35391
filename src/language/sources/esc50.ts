import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "esc50",
  summary:
    "2,000 recordings of 5 s at 44.1 kHz in 50 classes, with five folds of its own: `audio/*.wav` with `meta/esc50.csv`, which says the class of each. `by: clip` keeps together what was cut from one clip.",
  source: "Piczak 2015, ESC: Dataset for Environmental Sound Classification",
  arguments: { path: string("the folder with audio and meta") },
  parts: ["all"],
  fields: { label: { kind: "classes", count: 50 } },
  groups: ["clip"],
  folds: 5,
  sample: () => ({ kind: "audio", samples: 220_500, rate: 44_100 }),
});
