import type { ReadableSound } from "../readable.js";
import { AudioFiles } from "./audio_files.js";
import { listPart } from "./class_folders.js";
import { soundFiles } from "./sound_kind.js";
import type { Source, SourceOptions } from "./source.js";

/** WAV files in one folder a class, or in folders below that one. */
export function openAudioFolder(options: SourceOptions<ReadableSound>): Source {
  const { data, folder } = options;
  return new AudioFiles(options, (part, purpose) => listPart(soundFiles, data, folder, part, purpose));
}
