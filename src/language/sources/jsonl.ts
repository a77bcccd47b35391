import { source } from "./source.js";
import { tableArguments, tableSample } from "./table.js";

export const entry = source({
  name: "jsonl",
  summary: "A JSON object a line, one file a part; its members are the columns.",
  source: "JSON Lines",
  arguments: tableArguments,
  parts: null,
  partsDoc: 'a file of the folder, such as "train.jsonl"',
  fields: { label: { kind: "column" } },
  groups: null,
  folds: null,
  sample: tableSample,
});
