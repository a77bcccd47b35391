import { basename, extname } from "node:path";
import type { LeracError } from "../../diagnostics/index.js";
import { mismatch, quoted } from "../problems.js";
import { holdsImages, holdsSound, type ReadableData } from "../readable.js";
import { imageKind } from "../sources/image_kind.js";
import { soundKind } from "../sources/sound_kind.js";
import { sampleColumns } from "../sources/table.js";

type FileKind = "an image" | "sound" | "a table" | "text";

const endings: Readonly<Record<string, FileKind>> = {
  ".csv": "a table",
  ".tsv": "a table",
  ".jsonl": "a table",
  ".txt": "text",
  ".md": "text",
};

/** What its name says that a file holds; null where it says nothing. */
function kindByName(path: string): FileKind | null {
  if (imageKind(path) !== "none") return "an image";
  return soundKind(path) !== "none" ? "sound" : (endings[extname(path).toLowerCase()] ?? null);
}

/**
 * What is wrong with a file that by its name holds something else than the model of a program takes.
 * @returns L0306, or null where nothing speaks against it
 */
export function otherKind(path: string, data: ReadableData): LeracError | null {
  const kind = kindByName(path);
  const right: readonly FileKind[] = holdsImages(data)
    ? ["an image"]
    : holdsSound(data)
      ? ["sound"]
      : data.sample.kind === "tokens"
        ? ["a table", "text"]
        : ["a table"];
  if (kind === null || right.includes(kind)) return null;
  return mismatch(path, `${quoted(basename(path))} is ${kind}, but the model takes ${taken(data)}`);
}

/** "images of 28x28", "text: `question`, `passage`". */
export function taken(data: ReadableData): string {
  if (holdsImages(data)) return `images of ${data.sample.height}x${data.sample.width}`;
  if (holdsSound(data)) return "recordings (WAV files)";
  const columns = sampleColumns(data);
  const listed = columns.slice(0, 6).map(quoted).join(", ") + (columns.length > 6 ? ", …" : "");
  return data.sample.kind === "tokens" ? `text: ${listed}` : `rows of numbers: ${listed}`;
}
