import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const source = join(import.meta.dirname, "../../examples/data/fashion-mini");

/** The first images of Fashion-MNIST as a data set of its own, so that a test does not read thousands. */
export function writeSmallFashion(folder: string, sizes: { train: number; test: number }): string {
  const parts = [
    ["train", sizes.train],
    ["t10k", sizes.test],
  ] as const;
  for (const [part, samples] of parts) {
    for (const [kind, header, bytes] of [
      ["images-idx3-ubyte", 16, 784],
      ["labels-idx1-ubyte", 8, 1],
    ] as const) {
      const all = gunzipSync(readFileSync(join(source, `${part}-${kind}.gz`)));
      const few = Buffer.from(all.subarray(0, header + samples * bytes));
      few.writeUInt32BE(samples, 4);
      writeFileSync(join(folder, `${part}-${kind}`), few);
    }
  }
  return folder;
}
