import { frequency, optional, string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "audio_folder",
  summary:
    "A folder of recordings (WAV) a class, below a folder a part: FOLDER/train/dog/1.wav, or in folders further down. Several channels are averaged.",
  source: "laid out as torchvision's ImageFolder",
  arguments: {
    path: string("the folder above the parts"),
    rate: optional(
      frequency("the sampling rate that all recordings have, so that lengths can be written in seconds", {
        minimum: 100,
        maximum: 768_000,
      }),
      "that of the files",
    ),
  },
  parts: null,
  partsDoc: "folders of the source",
  fields: { label: { kind: "classes", count: null } },
  groups: [],
  folds: null,
  sample: ({ rate }) => ({ kind: "audio", samples: null, rate }),
});
