import { source } from "./source.js";
import { tableArguments, tableSample } from "./table.js";

export const entry = source({
  name: "csv",
  summary: "Rows with a header line, columns apart by commas, one file a part.",
  source: "IETF RFC 4180",
  arguments: tableArguments,
  parts: null,
  partsDoc: 'a file of the folder, such as "train.csv"',
  fields: { label: { kind: "column" } },
  groups: null,
  folds: null,
  sample: tableSample,
});
