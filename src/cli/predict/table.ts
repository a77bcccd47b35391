import stringWidth from "string-width";
import { printable } from "../../base/format.js";
import type { DataProgram } from "../../program/types.js";
import { labelOf } from "./ranked.js";

export interface PredictionTable {
  readonly header: string;
  row(file: string, label: string, probability: string): string;
}

/** In columns for people; tab-separated where another program reads. */
export function predictionTable(
  names: readonly string[],
  data: Pick<DataProgram, "classNames" | "classes">,
  forPeople: boolean,
): PredictionTable {
  const header = ["file", "label", "probability"] as const;
  if (!forPeople) {
    return { header: header.join("\t"), row: (...cells) => cells.join("\t") };
  }
  const labels = Array.from({ length: data.classes ?? 0 }, (_, i) => printable(labelOf(data, i)));
  const files = widest([header[0], ...names]);
  const widths = [files, widest([header[1], ...labels])] as const;
  const row = (file: string, label: string, probability: string) =>
    `${padded(file, widths[0])}  ${padded(label, widths[1])}  ${probability.padStart(header[2].length)}`;
  return { header: row(...header), row };
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, stringWidth(text)), 0);
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}
