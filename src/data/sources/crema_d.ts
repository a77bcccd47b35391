import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { damaged, mismatch, missing, type Purpose, quoted, systemReason } from "../problems.js";
import type { ReadableSound } from "../readable.js";
import { AudioFiles, type ListedRecording } from "./audio_files.js";
import { describeFolder } from "./files.js";
import { soundKind } from "./sound_kind.js";
import type { Source, SourceOptions } from "./source.js";

const layout = "files such as 1001_DFA_ANG_XX.wav, in the folder or in AudioWAV below it";

/** What names say of emotions, in the order of the labels: anger, disgust, fear, happiness, neutral, sadness. */
const emotions = ["ANG", "DIS", "FEA", "HAP", "NEU", "SAD"] as const;

/** Actor, sentence, emotion and how strongly; one file of the original ends in a single X. */
const fileName = /^(\d{4})_([A-Z]{3})_([A-Z]{3})_(?:LO|MD|HI|XX?)\.wav$/;

/**
 * CREMA-D (Cao et al. 2014): the name of each file says who speaks which sentence with which emotion. Recordings come in
 * the order of their names; groups are `speaker` and `sentence`. Classes that are given by name may come in any order
 * and in words: the first three letters tell them.
 */
export function openCremaD(options: SourceOptions<ReadableSound>): Source {
  return new AudioFiles(options, (_, purpose) => list(options, purpose));
}

async function list(
  { data, folder }: SourceOptions<ReadableSound>,
  purpose: Purpose,
): Promise<ListedRecording[]> {
  const place = await findRecordings(folder, purpose);
  const labels = labelsOf(data, place.folder);
  return place.names.map((name): ListedRecording => {
    const path = join(place.folder, name);
    const [, speaker = "", sentence = "", emotion = ""] = fileName.exec(name) ?? [];
    const label = labels.get(emotion);
    if (label === undefined)
      throw damaged(path, "does not say who speaks with which emotion", [
        `names are such as 1001_DFA_ANG_XX.wav; emotions are ${emotions.join(", ")}`,
      ]);
    return { path, name, label, groups: { speaker, sentence } };
  });
}

/** The names of the recordings, sorted, and the folder they lie in. */
async function findRecordings(
  folder: string,
  purpose: Purpose,
): Promise<{ readonly folder: string; readonly names: readonly string[] }> {
  for (const place of [folder, join(folder, "AudioWAV")]) {
    const names = await recordingsIn(place);
    if (names.length > 0) return { folder: place, names };
  }
  throw missing(purpose, "recordings", folder, await describeFolder(folder), layout);
}

async function recordingsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .filter((name) => !name.startsWith(".") && soundKind(name) === "read")
      .sort();
  } catch (error) {
    if (systemReason(error) === null) throw error;
    return [];
  }
}

/** The label of each emotion. L0306 where the spec's names are not one for each. */
function labelsOf(data: ReadableSound, place: string): ReadonlyMap<string, number> {
  if (data.classNames === null) return new Map(emotions.map((emotion, label) => [emotion, label]));
  const begun = data.classNames.map((name) => name.slice(0, 3).toUpperCase());
  const labels = new Map(begun.map((emotion, label) => [emotion, label]));
  const unknown = data.classNames.find(
    (_, i) => !(emotions as readonly string[]).includes(begun[i] as string),
  );
  if (unknown === undefined && labels.size === emotions.length) return labels;
  throw mismatch(
    place,
    unknown === undefined
      ? `two classes of ${quoted(data.name)} are one emotion`
      : `${quoted(unknown)} is no emotion of CREMA-D`,
    ["write `classes 6`, or `classes [anger, disgust, fear, happy, neutral, sad]`"],
  );
}
