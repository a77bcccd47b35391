import { createHash } from "node:crypto";

/** A file to be written, in pieces one after another, so that what lies in memory need not be copied. */
export interface NewFile {
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
}

/** What a list of files says of one. */
export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export function bytesOf(...files: readonly NewFile[]): number {
  return files.flatMap(({ pieces }) => pieces).reduce((sum, piece) => sum + piece.length, 0);
}

export function listed(file: NewFile): ListedFile {
  const sha256 = createHash("sha256");
  for (const piece of file.pieces) sha256.update(piece);
  return { name: file.name, bytes: bytesOf(file), sha256: sha256.digest("hex") };
}
