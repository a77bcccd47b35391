import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { userFolder } from "../base/user-folder.js";
import { paneNames, smoothings, type View } from "./monitor/view.js";

/** What of a view is remembered from one look at a run to the next, for each user: layout, never what is trained. */
type Remembered = Pick<View, "pane" | "zoomed" | "lossAxis" | "smoothing">;

/** A larger file is none of ours. */
const longestFile = 10_000;

/** The file of a user's layout; null where there is no home. */
export function preferencesFile(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | null {
  const folder = userFolder("config", env, platform);
  return folder === null ? null : join(folder, "monitor.json");
}

/** What was remembered; whatever is not there, not readable or not understood is as if it had never been. */
export function readPreferences(file: string | null): Partial<Remembered> {
  if (file === null) return {};
  let found: unknown;
  try {
    const text = readFileSync(file, "utf8");
    found = text.length > longestFile ? null : JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof found !== "object" || found === null) return {};
  const { pane, zoomed, lossAxis, smoothing } = found as Record<string, unknown>;
  const known = [null, ...paneNames].find((name) => name === pane);
  const axis = (["log", "linear"] as const).find((name) => name === lossAxis);
  const weight = smoothings.find((value) => value === smoothing);
  return {
    ...(known === undefined ? {} : { pane: known }),
    ...(typeof zoomed === "boolean" ? { zoomed } : {}),
    ...(axis === undefined ? {} : { lossAxis: axis }),
    ...(weight === undefined ? {} : { smoothing: weight }),
  };
}

/** Remembers a view's layout where it is not what was read. A file that can't be written costs the memory, no run. */
export function writePreferences(file: string | null, view: View, read: Partial<Remembered>): void {
  const { lossAxis, smoothing } = view;
  const initial: Remembered = { pane: null, zoomed: false, lossAxis: "log", smoothing: 0, ...read };
  // A search zooms the log by itself: that is no wish for the next run.
  const { pane, zoomed } = view.search === null ? view : initial;
  const now: Remembered = { pane, zoomed, lossAxis, smoothing };
  const names = ["pane", "zoomed", "lossAxis", "smoothing"] as const;
  if (file === null || names.every((name) => now[name] === initial[name])) return;
  const half = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(half, `${JSON.stringify(now)}\n`);
    renameSync(half, file);
  } catch {
    discard(half);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // A folder that is none, a disk that is gone: there is nothing to tidy up.
  }
}
