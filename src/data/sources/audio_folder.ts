import { basename } from "node:path";
import { sha256 } from "../../base/canonical-json.js";
import { formatCount } from "../../base/format.js";
import { forEachConcurrently } from "../concurrency.js";
import { mismatch, type Purpose, quoted } from "../problems.js";
import type { ReadableSound } from "../readable.js";
import { type Recording, Recordings } from "../recordings.js";
import { type ListedFile, listPart } from "./class_folders.js";
import { soundFiles } from "./sound_kind.js";
import type { LoadedSamples, LoadRequest, Source, SourceOptions } from "./source.js";
import { decodeWav, readWavFile } from "./wav_file.js";

/** Files that are read at once. */
const readers = 8;

/**
 * WAV files in one folder a class, or in folders below that one. Every file that is used is read and decoded once when a
 * split is loaded, for its digest and to find damage early; recordings are kept as far as the memory limit allows, the
 * others decoded anew in each epoch.
 */
export function openAudioFolder(options: SourceOptions<ReadableSound>): Source {
  return new AudioFolder(options);
}

class AudioFolder implements Source {
  readonly #options: SourceOptions<ReadableSound>;
  readonly #parts = new Map<string, readonly ListedFile[]>();

  constructor(options: SourceOptions<ReadableSound>) {
    this.#options = options;
  }

  async partSize(part: string, purpose: Purpose): Promise<number> {
    return (await this.#list(part, purpose)).length;
  }

  async #list(part: string, purpose: Purpose): Promise<readonly ListedFile[]> {
    const known = this.#parts.get(part);
    if (known !== undefined) return known;
    const listed = await listPart(soundFiles, this.#options.data, this.#options.folder, part, purpose);
    this.#parts.set(part, listed);
    return listed;
  }

  async load({ purpose, parts, indices }: LoadRequest): Promise<LoadedSamples> {
    const all: ListedFile[] = [];
    for (const part of parts) for (const file of await this.#list(part, purpose)) all.push(file);
    const chosen = Array.from(indices, (index) => all[index] as ListedFile);
    const { data, memoryLimit } = this.#options;
    const files = new Map<string, string>();
    const kept: Recording[] = [];
    const rates = new Uint32Array(chosen.length);
    let left = memoryLimit;
    await forEachConcurrently(chosen.length, readers, async (i) => {
      const { path, name } = chosen[i] as ListedFile;
      const bytes = await readWavFile(path);
      const recording = decodeWav(path, bytes);
      files.set(name, sha256(bytes));
      rates[i] = recording.rate;
      left -= recording.samples.byteLength;
      if (left >= 0) kept[i] = recording;
    });
    const paths = chosen.map(({ path }) => path);
    checkRates(data, purpose, paths, rates);
    return {
      labels: Int32Array.from(chosen, (file) => file.label),
      targets: null,
      content: { kind: "recordings", recordings: recordingsIn(paths, kept) },
      files,
    };
  }
}

/** Those of files that were looked at before. */
export function recordingsIn(paths: readonly string[], kept: readonly Recording[]): Recordings {
  return new Recordings(
    paths.length,
    async (sample) => {
      const path = paths[sample] as string;
      return decodeWav(path, await readWavFile(path));
    },
    kept,
  );
}

/**
 * L0306 unless recordings have the sampling rate of the source, or, where it names none and none is given them by
 * `resample`, all the same.
 */
export function checkRates(
  data: ReadableSound,
  purpose: Purpose,
  paths: readonly string[],
  rates: ArrayLike<number>,
): void {
  const { transforms } = data[purpose.split] ?? data.train;
  const named = data.source.rate;
  if (named === null && transforms.some(({ kind }) => kind === "resample")) return;
  const wanted = named ?? rates[0];
  for (const [i, path] of paths.entries()) {
    const rate = rates[i];
    if (rate === wanted || rate === undefined || wanted === undefined) continue;
    const [found, other] = [rate, wanted].map((hertz) => `${formatCount(hertz)} Hz`);
    throw mismatch(
      path,
      `${quoted(basename(path))} has ${found}, but ${named === null ? `${quoted(basename(paths[0] as string))} has` : `the source of ${quoted(purpose.data)} says`} ${other}`,
      named === null
        ? ["write `resample(16 kHz) |>` before the other transforms, so that all have one rate"]
        : ["leave `rate` out of the source and begin with `resample`, or give the files that rate"],
    );
  }
}
