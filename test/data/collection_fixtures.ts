import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { decodeWav } from "../../src/data/sources/wav_file.js";
import { temporaryFolder } from "./fixtures.js";
import { wav } from "./sound_fixtures.js";

/** Real recordings, of spoken digits, laid out as well-known collections are. */

const digits = resolve(import.meta.dirname, "../../examples/data/digits-mini/train");

/** Recordings of one digit: `jackson_5.wav`, six speakers with three takes each. */
export function takesOf(digit: number): { readonly speaker: string; readonly path: string }[] {
  const folder = join(digits, `${digit}`);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ speaker: name.split("_")[0] ?? "", path: join(folder, name) }));
}

/** The sound of a file at a rate `times` as high, cut or filled with silence to a length. */
function heard(path: string, times: number, length: number | null): number[] {
  const { samples } = decodeWav(path, readFileSync(path));
  const values = [...samples].flatMap((value) => new Array<number>(times).fill(value));
  if (length === null) return values;
  return [...values.slice(0, length), ...new Array<number>(Math.max(0, length - values.length)).fill(0)];
}

export const emotions = ["ANG", "DIS", "FEA", "HAP", "NEU", "SAD"] as const;

/** As CREMA-D: 36 recordings at 16 kHz, a digit an emotion, in `AudioWAV` or in the folder itself. */
export function cremaD(below = "AudioWAV"): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, below), { recursive: true });
  for (const [digit, emotion] of emotions.entries()) {
    const speakers = new Map<string, string>();
    for (const { speaker, path } of takesOf(digit)) if (!speakers.has(speaker)) speakers.set(speaker, path);
    for (const [i, path] of [...speakers.values()].entries()) {
      const name = `${1001 + i}_${i % 2 === 0 ? "DFA" : "IEO"}_${emotion}_${i % 2 === 0 ? "XX" : "HI"}.wav`;
      const values = heard(path, 2, null);
      writeFileSync(join(folder, below, name), wav(values, { tag: 1, bits: 16, rate: 16_000 }));
    }
  }
  return folder;
}

/** As ESC-50: 5 s at 44.1 kHz, three classes of five clips, a clip a fold and with two takes. */
export function esc50(): string {
  const folder = temporaryFolder();
  const rows = ["filename,fold,target,category,esc10,src_file,take"];
  for (const [digit, [target, category]] of [
    [0, "dog"],
    [21, "sneezing"],
    [49, "hand_saw"],
  ].entries()) {
    const takes = takesOf(digit);
    for (let i = 0; i < 10; i++) {
      const fold = 1 + Math.floor(i / 2);
      const clip = 100_000 + 10 * digit + fold;
      const name = `${fold}-${clip}-${"AB"[i % 2]}-${target}.wav`;
      rows.push([name, fold, target, category, i % 2 === 0 ? "True" : "False", clip, "AB"[i % 2]].join(","));
      const path = join(folder, "audio", name);
      mkdirSync(dirname(path), { recursive: true });
      const values = heard(takes[i]?.path ?? "", 5, 220_500);
      writeFileSync(path, wav(values, { tag: 1, bits: 16, rate: 44_100 }));
    }
  }
  mkdirSync(join(folder, "meta"));
  writeFileSync(join(folder, "meta", "esc50.csv"), `${rows.join("\n")}\n`);
  return folder;
}
