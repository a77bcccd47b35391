import { string } from "../arguments.js";
import { source } from "./source.js";

export const entry = source({
  name: "crema_d",
  summary:
    "7,442 spoken sentences of 91 actors in six emotions, at 16 kHz, of many lengths; names of files say which. Labels are anger, disgust, fear, happiness, neutral, sadness, or `classes` names them in another order.",
  source: "Cao et al. 2014, CREMA-D",
  arguments: {
    path: string("the folder with files such as 1001_DFA_ANG_XX.wav, or that above it (AudioWAV)"),
  },
  parts: ["all"],
  fields: { label: { kind: "classes", count: 6 } },
  groups: ["speaker", "sentence"],
  folds: null,
  sample: () => ({ kind: "audio", samples: null, rate: 16_000 }),
});
