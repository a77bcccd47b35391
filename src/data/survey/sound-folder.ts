import { melPoints } from "../../language/transforms/frames.js";
import { damaged } from "../problems.js";
import type { Recording } from "../recordings.js";
import { soundKind } from "../sources/sound_kind.js";
import { decodeWav, readWavFile, toWav } from "../sources/wav_file.js";
import { soundStep } from "../transforms/sound/index.js";
import type { Sound } from "../transforms/sound/sound.js";
import type { Budget } from "./budget.js";
import { findClasses } from "./class-layout.js";
import { meanAndStd, type SoundFeatures, type SoundFolderSurvey } from "./survey.js";

/** Recordings that are looked into, spread over all, and bytes of them: more would only take longer. */
const maximumLooked = 60;
const maximumBytes = 200e6;
/** Higher rates are brought down to it: a first spec is to train within minutes. */
const highestRate = 16_000;
/** Seconds of a recording that are used at most. */
const longest = 4;
/** About so many windows are cut from a recording. */
const wantedFrames = 64;
const wantedBands = 40;
/** The least energy: silence has its logarithm. */
const floor = 1e-6;

/** FOLDER/CLASS/RECORDING or FOLDER/PART/CLASS/RECORDING; null where there is nothing of the kind. */
export async function surveySoundFolder(folder: string, budget: Budget): Promise<SoundFolderSurvey | null> {
  const unread: string[] = [];
  const isSound = (path: string) => {
    const kind = soundKind(path);
    if (kind === "not read") unread.push(path);
    return kind !== "none";
  };
  const found = await findClasses(folder, isSound, budget);
  if (found === null) return null;
  const [first] = unread;
  if (first !== undefined)
    throw damaged(first, "is a recording in a format that is not read", [
      `WAV files are; such as \`${toWav}\` makes one`,
    ]);
  const looked = await lookInto(found.trained);
  const rates = new Set(looked.map(({ rate }) => rate));
  const [rate = highestRate] = rates;
  const resampled = rates.size > 1 || rate > highestRate ? highestRate : null;
  const seconds = looked.map((recording) => recording.samples.length / recording.rate).sort((a, b) => a - b);
  const features = featuresFor(resampled ?? rate, seconds, resampled !== null);
  return {
    kind: "audio_folder",
    classNames: found.classNames,
    parts: found.parts,
    rates: [...rates].sort((a, b) => a - b),
    seconds: [seconds[0] ?? 0, seconds.at(-1) ?? 0],
    features,
    ...statistics(looked, features),
  };
}

async function lookInto(files: readonly string[]): Promise<Recording[]> {
  const step = Math.max(1, files.length / maximumLooked);
  const looked: Recording[] = [];
  let left = maximumBytes;
  for (let i = 0; i < files.length && looked.length < maximumLooked && left > 0; i += step) {
    const path = files[Math.floor(i)] as string;
    const bytes = await readWavFile(path);
    left -= bytes.length;
    looked.push(decodeWav(path, bytes));
  }
  return looked;
}

/** Lengths that hold nearly all recordings whole, in some sixty windows that overlap by half. */
function featuresFor(rate: number, seconds: readonly number[], resampled: boolean): SoundFeatures {
  const most = seconds[Math.ceil(seconds.length * 0.95) - 1] ?? 1;
  const length = Math.min(longest, Math.max(0.25, Math.ceil(most * 4) / 4)) * 1000;
  const hop = Math.max(8, 2 * Math.ceil(length / wantedFrames / 2));
  const window = 2 * hop;
  const samples = (milliseconds: number) => Math.max(1, Math.round((milliseconds / 1000) * rate));
  return {
    rate,
    resampled,
    length,
    window,
    hop,
    floor,
    // Fewer than a quarter of the transform's points, or the lowest bands would lie between two of them.
    bands: Math.min(wantedBands, Math.max(4, Math.floor(melPoints(samples(window)) / 4))),
    frames: 1 + Math.floor(samples(length) / samples(hop)),
  };
}

/** Mean and standard deviation of what the features make of recordings. */
function statistics(looked: readonly Recording[], features: SoundFeatures) {
  const samples = (milliseconds: number) => Math.round((milliseconds / 1000) * features.rate);
  const steps = [
    ...(features.resampled ? [soundStep({ kind: "resample", rate: features.rate })] : []),
    soundStep({ kind: "fit", length: samples(features.length) }),
    soundStep({
      kind: "mel",
      bands: features.bands,
      window: samples(features.window),
      hop: samples(features.hop),
      low: 0,
      high: 0,
    }),
    soundStep({ kind: "log", floor }),
  ];
  let [count, sum, squares] = [0, 0, 0];
  for (const { rate, samples } of looked) {
    let sound: Sound = { kind: "audio", rate, samples };
    for (const step of steps) if (step.kind === "fixed") sound = step.apply(sound);
    if (sound.kind !== "spectrogram") continue;
    count += sound.values.length;
    for (const value of sound.values) {
      sum += value;
      squares += value * value;
    }
  }
  return meanAndStd(count, sum, squares);
}
