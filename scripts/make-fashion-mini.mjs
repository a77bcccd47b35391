/**
 * Makes `examples/data/fashion-mini`, a small balanced share of Fashion-MNIST in the same IDX files.
 *
 *   node scripts/make-fashion-mini.mjs FASHION-MNIST-FOLDER [OUTPUT-FOLDER]
 *
 * FASHION-MNIST-FOLDER holds the four original .gz files; Debian installs them with the package
 * `dataset-fashion-mnist` in /usr/share/datasets/fashion-mnist. Of each class the first 1,000 training images and the
 * first 200 test images are taken, and all of them stay in the order of the original files, so classes stay mixed.
 * LICENSE and README.md beside the data are kept by hand.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gunzipSync, gzipSync } from "node:zlib";

const CLASSES = 10;
const IMAGE_MAGIC = 2051;
const LABEL_MAGIC = 2049;
const IMAGE_HEADER_BYTES = 16;
const LABEL_HEADER_BYTES = 8;

/** Images and labels of one part of the original data. */
function readPart(folder, part) {
  const images = gunzipSync(readFileSync(join(folder, `${part}-images-idx3-ubyte.gz`)));
  const labels = gunzipSync(readFileSync(join(folder, `${part}-labels-idx1-ubyte.gz`)));
  if (images.readUInt32BE(0) !== IMAGE_MAGIC) throw new Error(`${part}: not an IDX file of images`);
  if (labels.readUInt32BE(0) !== LABEL_MAGIC) throw new Error(`${part}: not an IDX file of labels`);
  const count = images.readUInt32BE(4);
  const height = images.readUInt32BE(8);
  const width = images.readUInt32BE(12);
  if (images.length !== IMAGE_HEADER_BYTES + count * height * width)
    throw new Error(`${part}: images cut short`);
  if (labels.length !== LABEL_HEADER_BYTES + count)
    throw new Error(`${part}: labels do not match the images`);
  return {
    height,
    width,
    pixels: images.subarray(IMAGE_HEADER_BYTES),
    labels: labels.subarray(LABEL_HEADER_BYTES),
  };
}

/** Indices of the first `perClass` samples of every class, in file order. */
function firstOfEachClass(labels, perClass) {
  const taken = new Array(CLASSES).fill(0);
  const indices = [];
  for (const [index, label] of labels.entries()) {
    if (taken[label] === perClass) continue;
    taken[label]++;
    indices.push(index);
  }
  if (taken.some((count) => count !== perClass))
    throw new Error(`a class has fewer than ${perClass} samples: ${taken}`);
  return indices;
}

/** Gzip whose bytes depend on the content alone: no time stamp, and "unknown" as operating system (RFC 1952). */
function deterministicGzip(bytes) {
  const compressed = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 });
  compressed.writeUInt32LE(0, 4);
  compressed[9] = 255;
  return compressed;
}

function bigEndian(...words) {
  const header = Buffer.alloc(4 * words.length);
  for (const [i, word] of words.entries()) header.writeUInt32BE(word, 4 * i);
  return header;
}

function writePart(folder, part, source, indices) {
  const { height, width, pixels, labels } = source;
  const imageBytes = height * width;
  const images = indices.map((index) => pixels.subarray(index * imageBytes, (index + 1) * imageBytes));
  const files = {
    [`${part}-images-idx3-ubyte.gz`]: [bigEndian(IMAGE_MAGIC, indices.length, height, width), ...images],
    [`${part}-labels-idx1-ubyte.gz`]: [
      bigEndian(LABEL_MAGIC, indices.length),
      Buffer.from(indices.map((index) => labels[index])),
    ],
  };
  for (const [name, pieces] of Object.entries(files)) {
    const compressed = deterministicGzip(Buffer.concat(pieces));
    writeFileSync(join(folder, name), compressed);
    console.log(`${name}  ${indices.length} samples, ${compressed.length} bytes`);
  }
}

const [input, output] = process.argv.slice(2);
if (input === undefined) {
  console.error("usage: node scripts/make-fashion-mini.mjs FASHION-MNIST-FOLDER [OUTPUT-FOLDER]");
  process.exit(2);
}
const target = resolve(output ?? fileURLToPath(new URL("../examples/data/fashion-mini", import.meta.url)));
mkdirSync(target, { recursive: true });
for (const [part, perClass] of [
  ["train", 1000],
  ["t10k", 200],
]) {
  const source = readPart(input, part);
  writePart(target, part, source, firstOfEachClass(source.labels, perClass));
}
