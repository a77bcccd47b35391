import { basename } from "node:path";
import { printable } from "../base/format.js";
import { fail, type LeracError } from "../diagnostics/index.js";

/** What data on disk can lack, in one wording. All end the process with the exit code "missing". */

export type SplitName = "train" | "val" | "test";

/** For which split of which data set something is read: every message names both. */
export interface Purpose {
  readonly data: string;
  readonly split: SplitName;
}

/** `train` of `fashion`. */
export function describePurpose(purpose: Purpose): string {
  return `\`${purpose.split}\` of \`${printable(purpose.data)}\``;
}

/** A name from outside between back quotes. */
export function quoted(name: string): string {
  return `\`${printable(name)}\``;
}

/** L0304: a folder, part or file is not there. `reason` says in a few words what was found at `path` instead. */
export function missing(
  purpose: Purpose,
  what: string,
  path: string,
  reason: string,
  expected: string,
): LeracError {
  return fail("missing", "L0304", `the ${what} for ${describePurpose(purpose)} are missing`, {
    at: { place: printable(path) },
    notes: [reason, `expected ${expected}`],
    helps: [`\`--data ${printable(purpose.data)}=FOLDER\` names the folder that holds them`],
  });
}

/** L0305: a file is cut short, garbled or unreadable. `problem` completes the sentence that the file's name begins. */
export function damaged(path: string, problem: string, notes: readonly string[] = []): LeracError {
  return fail("missing", "L0305", `${quoted(basename(path))} ${problem}`, {
    at: { place: printable(path) },
    notes,
    helps: ["fetch or make the file again"],
  });
}

/** L0306: the data are sound, but not what the program was compiled for. */
export function mismatch(
  path: string,
  message: string,
  helps: readonly string[] = [],
  notes: readonly string[] = [],
): LeracError {
  return fail("missing", "L0306", message, { at: { place: printable(path) }, notes, helps });
}

/** L0307: nothing is left to train or measure on. */
export function empty(message: string, path: string | null, notes: readonly string[] = []): LeracError {
  return fail("missing", "L0307", message, {
    at: path === null ? null : { place: printable(path) },
    notes,
  });
}

/** L0305 for an error of the operating system; anything else is passed on as it is. */
export function unreadable(path: string, error: unknown): unknown {
  const reason = systemReason(error);
  return reason === null ? error : damaged(path, `cannot be read: ${reason}`);
}

/** An operating system's error in words, null if it is something else. */
export function systemReason(error: unknown): string | null {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return null;
  const code = String(error.code);
  return systemReasons[code] ?? `the system says ${code}`;
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "it is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "its symbolic links go in a circle",
  ENAMETOOLONG: "its name is too long",
  EMFILE: "too many files are open",
  EIO: "the disk reports an error",
};
