import { sha256 } from "../../base/canonical-json.js";
import { forEachConcurrently } from "../concurrency.js";
import type { Purpose } from "../problems.js";
import type { ReadableSound } from "../readable.js";
import { type Recording, Recordings } from "../recordings.js";
import type { ListedFile } from "./class_folders.js";
import { checkForms, type Form, formOf } from "./recording_form.js";
import type { LoadedSamples, LoadRequest, Source, SourceOptions } from "./source.js";
import { decodeWav, readWavFile } from "./wav_file.js";

/** Files that are read at once. */
const readers = 8;

/** A recording of a part, with what is known of it without opening it. */
export interface ListedRecording extends ListedFile {
  /** The group it belongs to, by each field that keeps samples together. */
  readonly groups?: Readonly<Record<string, string>>;
  /** From 1, where the source has folds of its own. */
  readonly fold?: number;
}

/** The recordings of a part in their order; throws as `Source.partSize`. */
export type ListRecordings = (part: string, purpose: Purpose) => Promise<readonly ListedRecording[]>;

/**
 * WAV files with classes. Every file that is used is read and decoded once when a split is loaded, for its digest and to
 * find damage early; recordings are kept as far as the memory limit allows, the others decoded anew in each epoch.
 */
export class AudioFiles implements Source {
  readonly #options: SourceOptions<ReadableSound>;
  readonly #listed: ListRecordings;
  readonly #parts = new Map<string, readonly ListedRecording[]>();

  constructor(options: SourceOptions<ReadableSound>, list: ListRecordings) {
    this.#options = options;
    this.#listed = list;
  }

  async partSize(part: string, purpose: Purpose): Promise<number> {
    return (await this.#list(part, purpose)).length;
  }

  async partGroups(part: string, field: string, purpose: Purpose): Promise<readonly string[]> {
    return (await this.#list(part, purpose)).map(({ groups }) => groups?.[field] ?? "");
  }

  async partFolds(part: string, purpose: Purpose): Promise<readonly number[]> {
    return (await this.#list(part, purpose)).map(({ fold }) => fold ?? 1);
  }

  async #list(part: string, purpose: Purpose): Promise<readonly ListedRecording[]> {
    const known = this.#parts.get(part);
    if (known !== undefined) return known;
    const listed = await this.#listed(part, purpose);
    this.#parts.set(part, listed);
    return listed;
  }

  async load({ purpose, parts, indices }: LoadRequest): Promise<LoadedSamples> {
    const all: ListedRecording[] = [];
    for (const part of parts) for (const file of await this.#list(part, purpose)) all.push(file);
    const chosen = Array.from(indices, (index) => all[index] as ListedRecording);
    const { data, memoryLimit } = this.#options;
    const files = new Map<string, string>();
    const kept: Recording[] = [];
    const forms: Form[] = [];
    let left = memoryLimit;
    await forEachConcurrently(chosen.length, readers, async (i) => {
      const { path, name } = chosen[i] as ListedRecording;
      const bytes = await readWavFile(path);
      const recording = decodeWav(path, bytes);
      files.set(name, sha256(bytes));
      forms[i] = formOf(recording);
      left -= recording.samples.byteLength;
      if (left >= 0) kept[i] = recording;
    });
    const paths = chosen.map(({ path }) => path);
    checkForms(data, purpose, paths, forms);
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
