import { extname } from "node:path";
import type { FileKind } from "./class_folders.js";

const read: ReadonlySet<string> = new Set([".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff"]);
/** Images that would be missed without a word if they were passed over like notes and lists. */
const notRead: ReadonlySet<string> = new Set(
  ".bmp .heic .heif .avif .jp2 .jxl .pbm .pgm .ppm .pnm .tga .svg .psd .dng .exr .ico".split(" "),
);

/** What the name of a file says: an image that is read, one in a format that is not, or no image. */
export function imageKind(name: string): "read" | "not read" | "none" {
  const extension = extname(name).toLowerCase();
  if (read.has(extension)) return "read";
  return notRead.has(extension) ? "not read" : "none";
}

export const imageFiles: FileKind = {
  many: "images",
  one: "an image",
  layout: "PART/CLASS/IMAGE (jpg, jpeg, png, webp, gif, tif, tiff)",
  kindOf: imageKind,
};
