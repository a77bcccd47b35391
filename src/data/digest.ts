import { sha256 } from "../base/canonical-json.js";

/**
 * One digest for a set of files, given the SHA-256 of each: that of the lines `NAME<tab>SHA-256<newline>`, sorted by
 * name (code units). It depends on names and content alone, not on the order of reading.
 */
export function filesDigest(files: ReadonlyMap<string, string>): string {
  const names = [...files.keys()].sort();
  return sha256(names.map((name) => `${name}\t${files.get(name)}\n`).join(""));
}
