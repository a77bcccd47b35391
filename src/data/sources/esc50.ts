import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { formatBytes, formatCount } from "../../base/format.js";
import { damaged, mismatch, missing, type Purpose, quoted, systemReason } from "../problems.js";
import type { ReadableSound } from "../readable.js";
import { AudioFiles, type ListedRecording } from "./audio_files.js";
import { describeFolder, withFile } from "./files.js";
import type { Source, SourceOptions } from "./source.js";
import { parseTable } from "./table_text.js";

const layout = "audio/1-100032-A-0.wav … and meta/esc50.csv, as ESC-50 comes";
const columns = ["filename", "fold", "target", "category", "src_file"] as const;
const classes = 50;
const folds = 5;
/** Of the table; ESC-50's own has 94 kB. */
const largestTable = 10e6;

/**
 * ESC-50 (Piczak 2015) as its repository lays it out: `meta/esc50.csv` says fold, class and origin of each file in
 * `audio`. Recordings come in the order of the table; those cut from one clip (`src_file`) are the group `clip`.
 */
export function openEsc50(options: SourceOptions<ReadableSound>): Source {
  return new AudioFiles(options, (_, purpose) => list(options, purpose));
}

async function list(
  { data, folder }: SourceOptions<ReadableSound>,
  purpose: Purpose,
): Promise<ListedRecording[]> {
  const table = join(folder, "meta", "esc50.csv");
  const audio = join(folder, "audio");
  const present = await namesIn(audio, purpose);
  const rows = parseTable(await readTable(table, purpose), "csv", columns, table);
  const listed = rows.map(({ line, cells }): ListedRecording => {
    const [name = "", fold = "", target = "", category = "", clip = ""] = cells;
    const where = `in line ${formatCount(line)}`;
    // Nothing in the table leads out of the folder.
    if (!/^[^/\\]+\.wav$/i.test(name))
      throw damaged(table, `has no name of a WAV file ${where}: ${quoted(name)}`);
    if (!isBetween(target, 0, classes - 1))
      throw damaged(
        table,
        `has a target that is no number from 0 to ${classes - 1} ${where}: ${quoted(target)}`,
      );
    if (!isBetween(fold, 1, folds))
      throw damaged(table, `has a fold that is no number from 1 to ${folds} ${where}: ${quoted(fold)}`);
    const label = Number(target);
    checkName(data, label, category, table);
    return {
      path: join(audio, name),
      name: `audio/${name}`,
      label,
      groups: { clip },
      fold: Number(fold),
    };
  });
  const absent = listed.filter(({ name }) => !present.has(name.slice("audio/".length)));
  const [first] = absent;
  if (first !== undefined) {
    const many = `${formatCount(absent.length)} of the ${formatCount(listed.length)} recordings in meta/esc50.csv`;
    throw missing(
      purpose,
      "recordings",
      audio,
      `${many} are not in it, such as ${quoted(first.name)}`,
      layout,
    );
  }
  return listed;
}

function isBetween(text: string, low: number, high: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= low && Number(text) <= high;
}

/** L0306 where the spec gives a class another name than the table does. */
function checkName(data: ReadableSound, label: number, category: string, table: string): void {
  const given = data.classNames?.[label];
  if (given === undefined || given === category) return;
  throw mismatch(
    table,
    `class ${label} is ${quoted(category)}, but ${quoted(given)} in ${quoted(data.name)}`,
    ["write `classes 50`, or the names in the order of the numbers in meta/esc50.csv"],
  );
}

async function namesIn(folder: string, purpose: Purpose): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder));
  } catch (error) {
    if (systemReason(error) === null) throw error;
    throw missing(purpose, "recordings", folder, await describeFolder(folder), layout);
  }
}

async function readTable(path: string, purpose: Purpose): Promise<string> {
  const found = await describeFolder(path);
  if (found === "there is no such folder")
    throw missing(purpose, "labels", path, "there is no such file", layout);
  return withFile(path, async (file, length) => {
    if (length <= largestTable) return file.readFile("utf8");
    throw damaged(path, `is too large: ${formatBytes(length)}; the limit is ${formatBytes(largestTable)}`);
  });
}
