import { readdir, stat } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { printable } from "../../base/format.js";
import { fail, type LeracError } from "../../diagnostics/index.js";
import { Budget } from "./budget.js";
import { surveyIdx } from "./idx.js";
import { surveyImageFolder } from "./image-folder.js";
import { surveySoundFolder } from "./sound-folder.js";
import type { Survey } from "./survey.js";

export type { IdxSurvey, ImageFolderSurvey, SoundFolderSurvey, Survey } from "./survey.js";

/** Entries that are looked at to say what a folder seems to hold. */
const maximumEntries = 2000;

/** What is known of kinds of data that a first spec can't be written for. */
const otherKinds: readonly { readonly endings: RegExp; readonly what: string; readonly instead: string }[] = [
  {
    endings: /^\.(wav|flac|mp3|ogg|m4a)$/,
    what: "sound files, but not in a folder a class",
    instead:
      "expected FOLDER/CLASS/RECORDING.wav or FOLDER/train/CLASS/RECORDING.wav; `source esc50(…)` and `source crema_d(…)` read those collections",
  },
  {
    endings: /^\.(tsv|csv|txt|jsonl|json|parquet)$/,
    what: "text or tables",
    instead: "`source tsv(…)` is written by hand",
  },
  {
    endings: /^\.(jpg|jpeg|png|webp|gif|tif|tiff|bmp)$/,
    what: "images, but not in a folder a class",
    instead: "expected FOLDER/CLASS/IMAGE or FOLDER/train/CLASS/IMAGE",
  },
];

/**
 * Looks at a folder of data for `lerac init --from`. Reads headers, labels and some of the images or recordings; changes
 * nothing.
 *
 * @throws LeracError L0390 where there is no such folder or nothing known in it, L0391 where it is of a kind that first
 *   specs are not written for yet, L0392 where there is too much, L0305 where files are damaged
 */
export async function surveyData(folder: string): Promise<Survey> {
  const status = await stat(folder).catch(() => null);
  if (status === null || !status.isDirectory()) {
    throw fail(
      "missing",
      "L0390",
      `${printable(folder)} is ${status === null ? "not there" : "not a folder"}`,
      {
        at: { place: `--from ${folder}` },
        helps: ["name a folder of IDX files, or of images or recordings in a folder a class"],
      },
    );
  }
  const survey =
    (await surveyIdx(folder)) ??
    (await surveyImageFolder(folder, new Budget(folder))) ??
    (await surveySoundFolder(folder, new Budget(folder)));
  if (survey === null) throw await unknown(folder);
  return survey;
}

/** Names of the first entries in a folder and below, links not followed. */
async function firstEntries(folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      found.push(relative(folder, path));
      if (found.length >= maximumEntries) return found;
      if (entry.isDirectory()) waiting.push(path);
    }
  }
  return found;
}

async function unknown(folder: string): Promise<LeracError> {
  const entries = await firstEntries(folder);
  const counts = otherKinds.map(
    ({ endings }) => entries.filter((name) => endings.test(extname(name).toLowerCase())).length,
  );
  const most = Math.max(...counts);
  const kind = otherKinds[counts.indexOf(most)];
  const at = { place: `--from ${folder}` };
  if (most === 0 || kind === undefined) {
    return fail("missing", "L0390", `${printable(folder)} holds nothing that is known as data`, {
      at,
      notes: [
        entries.length === 0
          ? "it is empty"
          : `it holds ${entries.slice(0, 3).map(printable).join(", ")}${entries.length > 3 ? " and more" : ""}`,
        "known are IDX files (train-images-idx3-ubyte …), images and recordings: FOLDER/CLASS/FILE",
      ],
    });
  }
  return fail(
    "missing",
    "L0391",
    `${printable(folder)} seems to hold ${kind.what}: no first spec is written for these yet`,
    {
      at,
      notes: [kind.instead],
      helps: ["`lerac init` without `--from` writes a spec to start from"],
    },
  );
}
