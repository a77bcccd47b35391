import { damaged, type Purpose } from "../problems.js";
import type { ReadableSound } from "../readable.js";
import { recordingsIn } from "../sources/audio_files.js";
import { checkForms, type Form, formOf } from "../sources/recording_form.js";
import { soundFiles, soundKind } from "../sources/sound_kind.js";
import type { Content } from "../sources/source.js";
import { decodeWav, readWavFile, toWav } from "../sources/wav_file.js";
import { inputFiles } from "./input_files.js";
import { otherKind } from "./kinds.js";

/** The recordings in files and folders (with those in it). All are looked at first: a broken one is said at once. */
export async function readRecordings(
  data: ReadableSound,
  paths: readonly string[],
  purpose: Purpose,
): Promise<{ readonly names: readonly string[]; readonly content: Content }> {
  const names: string[] = [];
  for (const path of paths)
    for (const file of await inputFiles(path, { files: soundFiles, endings: "wav files" })) names.push(file);
  const forms: Form[] = [];
  for (const name of names) {
    const bytes = await readWavFile(name);
    const other = otherKind(name, data);
    if (other !== null) throw other;
    if (soundKind(name) === "not read")
      throw damaged(name, "is a recording in a format that is not read", [
        `such as \`${toWav}\` makes one that is`,
      ]);
    forms.push(formOf(decodeWav(name, bytes)));
  }
  checkForms(data, purpose, names, forms);
  return { names, content: { kind: "recordings", recordings: recordingsIn(names, []) } };
}
