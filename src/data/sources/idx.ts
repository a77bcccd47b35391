import { sha256 } from "../../base/canonical-json.js";
import { formatCount } from "../../base/format.js";
import { suggest } from "../../base/suggest.js";
import type { LeracError } from "../../diagnostics/index.js";
import {
  decodeAll,
  type ImageShape,
  type ImageStore,
  ImagesInMemory,
  ImagesOnDemand,
  imageBytes,
} from "../images.js";
import { damaged, describePurpose, mismatch, missing, type Purpose, quoted } from "../problems.js";
import type { ReadableImages } from "../readable.js";
import { resizeGrey } from "../transforms/resize.js";
import { describeFolder } from "./files.js";
import {
  type IdxContent,
  type IdxHeader,
  idxFileName,
  locateIdxFile,
  readIdxFile,
  readIdxHeader,
} from "./idx_file.js";
import type { LoadedSamples, LoadRequest, Source, SourceOptions } from "./source.js";

/** How the files of each part begin, by MNIST's custom. */
const prefixes: Readonly<Record<string, string>> = { train: "train", test: "t10k" };

interface PartHeaders {
  readonly prefix: string;
  readonly images: IdxHeader;
  readonly labels: IdxHeader;
}

interface PartContent {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Grey images and labels in the four IDX files of MNIST: parts `train` (train-…) and `test` (t10k-…). Files enter the
 * digest inflated, under their usual name.
 */
export function openIdxSource(options: SourceOptions<ReadableImages>): Source {
  return new IdxSource(options);
}

class IdxSource implements Source {
  readonly #options: SourceOptions<ReadableImages>;
  readonly #headers = new Map<string, PartHeaders>();
  readonly #contents = new Map<string, PartContent>();

  constructor(options: SourceOptions<ReadableImages>) {
    this.#options = options;
  }

  async partSize(part: string, purpose: Purpose): Promise<number> {
    return (await this.#readHeaders(part, purpose)).images.count;
  }

  async #readHeaders(part: string, purpose: Purpose): Promise<PartHeaders> {
    const known = this.#headers.get(part);
    if (known !== undefined) return known;
    const prefix = prefixes[part];
    if (prefix === undefined) throw this.#unknownPart(part, purpose);
    const images = await this.#readHeader(prefix, "images", purpose);
    const labels = await this.#readHeader(prefix, "labels", purpose);
    if (images.count !== labels.count) {
      const numbers = `${formatCount(labels.count)} labels for ${formatCount(images.count)} images`;
      throw damaged(labels.path, `has ${numbers}: the two files do not belong together`);
    }
    const headers = { prefix, images, labels };
    this.#headers.set(part, headers);
    return headers;
  }

  #unknownPart(part: string, purpose: Purpose): LeracError {
    const near = suggest(part, Object.keys(prefixes)).map(quoted).join(", ");
    const reason = `IDX data have the parts \`train\` and \`test\`, not ${quoted(part)}${near && `: ${near}?`}`;
    return missing(purpose, "images", this.#options.folder, reason, "`split(train)` or `split(test)`");
  }

  async #readHeader(prefix: string, content: IdxContent, purpose: Purpose): Promise<IdxHeader> {
    const { folder } = this.#options;
    const path = await locateIdxFile(folder, prefix, content);
    if (path !== null) return readIdxHeader(path, content);
    const expected = `${idxFileName(prefix, "images")} and ${idxFileName(prefix, "labels")} (or .gz)`;
    throw missing(purpose, content, folder, await describeFolder(folder), expected);
  }

  async load({ purpose, parts, indices, resize }: LoadRequest): Promise<LoadedSamples> {
    const headers = await Promise.all(parts.map((part) => this.#readHeaders(part, purpose)));
    const shapes = new Set<string>();
    for (const { images } of headers) {
      this.#checkSize(images, purpose, resize);
      shapes.add(images.size.join("x"));
    }
    const first = headers[0];
    if (first === undefined || shapes.size > 1) {
      throw mismatch(
        this.#options.folder,
        `${describePurpose(purpose)} puts images of different sizes together: ${[...shapes].join(", ")}`,
      );
    }

    const contents: PartContent[] = [];
    for (const header of headers) contents.push(await this.#readContent(header));
    const labels = concatenate(contents.map((content) => content.labels));
    return {
      labels: this.#selectLabels(labels, indices, first.labels.path),
      targets: null,
      content: {
        kind: "images",
        images: await this.#selectImages(
          concatenate(contents.map((content) => content.pixels)),
          first,
          indices,
        ),
      },
      files: new Map(contents.flatMap((content) => [...content.files])),
    };
  }

  #checkSize(images: IdxHeader, purpose: Purpose, resize: boolean): void {
    const { height, width, channels } = this.#options.data.sample;
    const found = images.size.join("x");
    if (channels !== 1) {
      throw mismatch(
        images.path,
        `IDX images are grey, but samples of \`${purpose.data}\` have ${channels} channels`,
      );
    }
    if (images.size.includes(0)) throw damaged(images.path, `holds images of ${found}: nothing`);
    if (!resize && found !== `${height}x${width}`) {
      throw mismatch(
        images.path,
        `images for ${describePurpose(purpose)} are ${found}, but the model takes ${height}x${width}`,
        [`write \`|> resize(${height}, ${width})\` behind \`split(…)\`, or change the model's \`input\``],
      );
    }
  }

  async #readContent(headers: PartHeaders): Promise<PartContent> {
    const known = this.#contents.get(headers.prefix);
    if (known !== undefined) return known;
    const [images, labels] = await Promise.all([readIdxFile(headers.images), readIdxFile(headers.labels)]);
    const content = {
      pixels: images.subarray(headers.images.headerBytes),
      labels: labels.subarray(headers.labels.headerBytes),
      files: new Map([
        [idxFileName(headers.prefix, "images"), sha256(images)],
        [idxFileName(headers.prefix, "labels"), sha256(labels)],
      ]),
    };
    this.#contents.set(headers.prefix, content);
    return content;
  }

  #selectLabels(all: Uint8Array, indices: Uint32Array, path: string): Int32Array {
    const { name, classes } = this.#options.data;
    return Int32Array.from(indices, (index) => {
      const label = all[index] as number;
      if (label < classes) return label;
      const known = `labels of \`${name}\` are 0 to ${classes - 1}`;
      throw mismatch(path, `sample ${formatCount(index)} has the label ${label}, but ${known}`, [
        `check \`classes ${classes}\` in the spec`,
      ]);
    });
  }

  async #selectImages(pixels: Uint8Array, first: PartHeaders, indices: Uint32Array): Promise<ImageStore> {
    const { data, memoryLimit } = this.#options;
    const [height = 0, width = 0] = first.images.size;
    const shape: ImageShape = { height, width, channels: 1 };
    const stored = imageBytes(shape);
    if (height === data.sample.height && width === data.sample.width)
      return new ImagesInMemory(pixels, stored, indices);

    const resized = imageBytes(data.sample);
    const decode = (sample: number) => {
      const start = (indices[sample] as number) * stored;
      return resizeGrey(pixels.subarray(start, start + stored), shape, data.sample);
    };
    if (indices.length * resized > memoryLimit) return new ImagesOnDemand(indices.length, resized, decode);
    return new ImagesInMemory(await decodeAll(indices.length, resized, decode), resized, null);
  }
}

/** The one array itself where there is only one: parts may be large. */
function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}
