import { closeSync, openSync, readSync, statSync } from "node:fs";
import { printable } from "../base/format.js";

/** Bytes looked at for the last lines. */
const tailBytes = 8192;
const linesShown = 3;

/**
 * The last lines that a trainer's process printed, at most three, safe to show; empty lines don't count.
 * @param from bytes of the file to pass over: what an earlier trainer printed
 */
export function lastTrainerLines(path: string, from = 0): string[] {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const start = Math.max(from, size - tailBytes);
  if (start >= size) return [];
  const bytes = Buffer.alloc(size - start);
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, bytes.length, start);
  } finally {
    closeSync(file);
  }
  const lines = bytes.toString("utf8").split(/\r?\n/);
  return lines
    .filter((line) => line.trim() !== "")
    .slice(-linesShown)
    .map(printable);
}
