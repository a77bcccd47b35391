import { cells, padCells } from "../../base/cells.js";
import { formatPercent, printable } from "../../base/format.js";
import type { TrainingProgram } from "../../program/types.js";
import { labelOf, rankedLabels } from "./ranked.js";

export interface PredictionTable {
  readonly header: string;
  /** The lines of one sample: its labels with probabilities, or its number. */
  rows(file: string, outputs: Float64Array): readonly string[];
}

export interface PredictionTableOptions {
  /** So many labels of each sample. */
  readonly top: number;
  /** In columns; else tab-separated, for another program. */
  readonly forPeople: boolean;
}

export function predictionTable(
  names: readonly string[],
  { data }: Pick<TrainingProgram, "data">,
  { top, forPeople }: PredictionTableOptions,
): PredictionTable {
  const numbers = data.classes === null;
  const header = numbers ? ["file", learned(data)] : ["file", "label", "probability"];
  const cellsOf = (file: string, outputs: Float64Array): readonly string[][] =>
    numbers
      ? [[file, ...Array.from(outputs, (value) => `${Number(value.toPrecision(6))}`)]]
      : rankedLabels(outputs, data, top).map(({ label, probability }) => [
          file,
          printable(label),
          formatPercent(probability),
        ]);
  if (!forPeople) {
    return {
      header: header.join("\t"),
      rows: (file, outputs) => cellsOf(file, outputs).map((cells) => cells.join("\t")),
    };
  }
  const labels = Array.from({ length: data.classes ?? 0 }, (_, i) => printable(labelOf(data, i)));
  const widths = [widest(["file", ...names]), ...(numbers ? [] : [widest(["label", ...labels])])];
  // The last column holds numbers: they stand at its right.
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i < widths.length ? padCells(cell, widths[i] ?? 0) : cell.padStart(11)))
      .join("  ");
  return { header: line(header), rows: (file, outputs) => cellsOf(file, outputs).map(line) };
}

/** What the number is called: the column, or field, that was learned. */
export function learned({ source, target }: TrainingProgram["data"]): string {
  return printable(
    target ?? ("label" in source && typeof source.label === "string" ? source.label : "value"),
  );
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, cells(text)), 0);
}
