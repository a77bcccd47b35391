import { extname } from "node:path";
import type { FileKind } from "./class_folders.js";

const read: ReadonlySet<string> = new Set([".wav", ".wave"]);
/** Recordings that would be missed without a word if they were passed over like notes and lists. */
const notRead: ReadonlySet<string> = new Set(
  ".flac .mp3 .ogg .oga .opus .m4a .aac .aif .aiff .wma .au .caf .w64".split(" "),
);

/** What the name of a file says: a recording that is read, one in a format that is not, or none. */
export function soundKind(name: string): "read" | "not read" | "none" {
  const extension = extname(name).toLowerCase();
  if (read.has(extension)) return "read";
  return notRead.has(extension) ? "not read" : "none";
}

export const soundFiles: FileKind = {
  many: "recordings",
  one: "a recording",
  layout: "PART/CLASS/RECORDING (wav)",
  kindOf: soundKind,
};
