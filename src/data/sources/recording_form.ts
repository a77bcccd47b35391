import { basename } from "node:path";
import { formatCount } from "../../base/format.js";
import type { AudioSource } from "../../program/types.js";
import { mismatch, type Purpose, quoted } from "../problems.js";
import type { ReadableSound } from "../readable.js";
import type { Recording } from "../recordings.js";

/** What must agree between recordings. */
export interface Form {
  /** Samples a second. */
  readonly rate: number;
  /** Samples in all. */
  readonly length: number;
}

export function formOf({ rate, samples }: Recording): Form {
  return { rate, length: samples.length };
}

/** What recordings of a known collection are like; others have the rate that the spec gives, if any. */
const collections: Readonly<
  Record<
    "esc50" | "crema_d",
    { readonly name: string; readonly rate: number; readonly length: number | null }
  >
> = {
  esc50: { name: "ESC-50", rate: 44_100, length: 220_500 },
  crema_d: { name: "CREMA-D", rate: 16_000, length: null },
};

/**
 * L0306 unless recordings have the sampling rate of the source, or, where it names none and none is given them by
 * `resample`, all the same; and the length of the source where it has one and `fit` gives them no other.
 */
export function checkForms(
  data: ReadableSound,
  purpose: Purpose,
  paths: readonly string[],
  forms: readonly Form[],
): void {
  const { transforms } = data[purpose.split] ?? data.train;
  const { source } = data;
  if (source.kind !== "audio_folder") {
    checkCollection(source.kind, transforms, paths, forms);
    return;
  }
  const named = source.rate;
  if (named === null && transforms.some(({ kind }) => kind === "resample")) return;
  const wanted = named ?? forms[0]?.rate;
  for (const [i, path] of paths.entries()) {
    const rate = forms[i]?.rate;
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

function checkCollection(
  kind: Exclude<AudioSource["kind"], "audio_folder">,
  transforms: readonly { readonly kind: string }[],
  paths: readonly string[],
  forms: readonly Form[],
): void {
  const { name, rate, length } = collections[kind];
  const fitted = transforms.some((transform) => transform.kind === "fit");
  for (const [i, path] of paths.entries()) {
    const form = forms[i];
    if (form === undefined) continue;
    if (form.rate !== rate) throw unlike(path, "Hz", form.rate, name, rate);
    if (length !== null && !fitted && form.length !== length)
      throw unlike(path, "samples", form.length, name, length);
  }
}

function unlike(path: string, unit: string, found: number, name: string, wanted: number) {
  return mismatch(
    path,
    `${quoted(basename(path))} has ${formatCount(found)} ${unit}, but recordings of ${name} have ${formatCount(wanted)}`,
    ["`source audio_folder(…)` reads recordings of any kind, in a folder a class"],
  );
}
