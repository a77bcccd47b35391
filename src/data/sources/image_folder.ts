import { sha256 } from "../../base/canonical-json.js";
import { fail } from "../../diagnostics/index.js";
import { forEachConcurrently } from "../concurrency.js";
import {
  DECODERS,
  decodeAll,
  type ImageStore,
  ImagesInMemory,
  ImagesOnDemand,
  imageBytes,
} from "../images.js";
import type { Purpose } from "../problems.js";
import type { ReadableImages } from "../readable.js";
import { type ListedFile, listPart } from "./class_folders.js";
import { checkImageHeader, decodeImage, type ImageTarget, readImageFile } from "./image_file.js";
import { imageFiles } from "./image_kind.js";
import type { LoadedSamples, LoadRequest, Source, SourceOptions } from "./source.js";

/**
 * Image files in one folder a class, or in folders below that one. Every file that is used is read once when a split is loaded, for its digest and to
 * find damage early; its pixels are kept if the whole split fits into the memory limit, else decoded anew in each epoch.
 */
export function openImageFolder(options: SourceOptions<ReadableImages>): Source {
  const { channels } = options.data.sample;
  if (channels !== 1 && channels !== 3) {
    throw fail(
      "spec",
      "L0306",
      `image files give 1 or 3 channels, but samples of \`${options.data.name}\` have ${channels}`,
      { helps: ["write `image(HEIGHT, WIDTH, 3)` for colour or `image(HEIGHT, WIDTH, 1)` for grey"] },
    );
  }
  return new ImageFolder(options);
}

class ImageFolder implements Source {
  readonly #options: SourceOptions<ReadableImages>;
  readonly #parts = new Map<string, readonly ListedFile[]>();

  constructor(options: SourceOptions<ReadableImages>) {
    this.#options = options;
  }

  async partSize(part: string, purpose: Purpose): Promise<number> {
    return (await this.#list(part, purpose)).length;
  }

  async #list(part: string, purpose: Purpose): Promise<readonly ListedFile[]> {
    const known = this.#parts.get(part);
    if (known !== undefined) return known;
    const images = await listPart(imageFiles, this.#options.data, this.#options.folder, part, purpose);
    this.#parts.set(part, images);
    return images;
  }

  async load({ purpose, parts, indices, resize }: LoadRequest): Promise<LoadedSamples> {
    const all: ListedFile[] = [];
    for (const part of parts) for (const image of await this.#list(part, purpose)) all.push(image);
    const chosen = Array.from(indices, (index) => all[index] as ListedFile);
    const { data, memoryLimit } = this.#options;
    const target: ImageTarget = { shape: data.sample, resize };
    const fits = chosen.length * imageBytes(data.sample) <= memoryLimit;
    const files = new Map<string, string>();
    return {
      labels: Int32Array.from(chosen, (image) => image.label),
      targets: null,
      content: {
        kind: "images",
        images: fits ? await keepAll(chosen, target, files) : await checkAll(chosen, target, files),
      },
      files,
    };
  }
}

/** Decodes every image now. Fills `files` with digests. */
async function keepAll(
  chosen: readonly ListedFile[],
  target: ImageTarget,
  files: Map<string, string>,
): Promise<ImageStore> {
  const size = imageBytes(target.shape);
  const pixels = await decodeAll(chosen.length, size, async (i) => {
    const { path, name } = chosen[i] as ListedFile;
    const bytes = await readImageFile(path);
    files.set(name, sha256(bytes));
    return decodeImage(path, bytes, target);
  });
  return new ImagesInMemory(pixels, size, null);
}

/** Reads every file now, checks its header, and decodes when asked. Fills `files` with digests. */
async function checkAll(
  chosen: readonly ListedFile[],
  target: ImageTarget,
  files: Map<string, string>,
): Promise<ImageStore> {
  await forEachConcurrently(chosen.length, DECODERS, async (i) => {
    const { path, name } = chosen[i] as ListedFile;
    const bytes = await readImageFile(path);
    files.set(name, sha256(bytes));
    await checkImageHeader(path, bytes, target);
  });
  return new ImagesOnDemand(chosen.length, imageBytes(target.shape), async (sample) => {
    const { path } = chosen[sample] as ListedFile;
    return decodeImage(path, await readImageFile(path), target);
  });
}
