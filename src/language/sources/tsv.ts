import { source } from "./source.js";
import { tableArguments, tableSample } from "./table.js";

export const entry = source({
  name: "tsv",
  summary: "Rows with a header line, columns apart by tabs, one file a part.",
  arguments: tableArguments,
  parts: null,
  partsDoc: 'a file of the folder, such as "train.tsv"',
  fields: { label: { kind: "column" } },
  groups: null,
  folds: null,
  sample: tableSample,
});
