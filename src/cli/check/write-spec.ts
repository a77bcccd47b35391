import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fail } from "../../diagnostics/index.js";

/**
 * Replaces the text of a spec: a file beside it takes its place, so that a reader finds the old text or all of the new.
 * A byte order mark (unless `byteOrderMark` says otherwise) and the file's permissions stay; of a symbolic link the file it leads
 * to is written.
 *
 * @param before the text as it was read, without byte order mark
 * @throws LeracError L0006 when the file can't be written, or is no longer what was read
 */
export function replaceSpec(
  path: string,
  before: string,
  after: string,
  byteOrderMark: "keep" | "drop" = "keep",
): void {
  let temporary: string | null = null;
  try {
    const target = realpathSync(path);
    const found = readFileSync(target, "utf8");
    const mark = found.startsWith("\ufeff") ? "\ufeff" : "";
    if (found.slice(mark.length) !== before) {
      throw fail(
        "missing",
        "L0006",
        `${path} was changed by somebody else in the meantime; it was left alone`,
        {
          at: { place: path },
          helps: ["check it again"],
        },
      );
    }
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
    writeFileSync(temporary, byteOrderMark === "keep" ? mark + after : after, {
      mode: statSync(target).mode,
      flush: true,
    });
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== "string") throw error;
    throw fail(
      "missing",
      "L0006",
      `${path} can't be written: ${reasons[code] ?? `the system says ${code}`}`,
      {
        at: { place: path },
      },
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  EACCES: "there is no permission to write",
  EPERM: "there is no permission to write",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EBUSY: "another program is using it",
};
